#!/usr/bin/env python3
"""What established libraries say of random ratings, for ReferenceTests.swift.

Tests/run.sh makes an environment for it and compares what they say with reference.json:

    .build/reference/bin/python Tests/StatisticsTests/reference.py --check

Without `--check` it is written anew.

The seeds are fixed. null stands where the statistics have no meaning and a
library answers nevertheless, or answers nan; each rule is beside its library.
"""

import json
import math
import sys
import warnings
from pathlib import Path

import krippendorff
import numpy as np
import pandas as pd
import pingouin
from scipy.stats import f
from sklearn.metrics import cohen_kappa_score

FILE = Path(__file__).with_name("reference.json")
SHAPES = [
    (subjects, raters, missing)
    for subjects in (2, 3, 5, 8, 14, 30)
    for raters in (2, 3, 4, 6)
    for missing in (0, 0.1, 0.35)
] + [(1, 3, 0), (6, 1, 0), (120, 2, 0.1), (60, 8, 0.02)]


# pingouin rounds intervals to 2 digits unless told otherwise.
pingouin.options["round.column.CI95"] = None


def ratings(seed, subjects, raters, missing):
    """Scores of 1 to 5, or in every fourth matrix hundredths, of which a share is nan.

    A subject's merit, a rater's severity and chance make up a score; in every
    fifth matrix there is no merit, so that the agreement is about 0 or below.
    """
    random = np.random.default_rng(seed)
    merit = random.normal(0, 0 if seed % 5 == 0 else 1.2, (subjects, 1))
    severity = random.normal(0, random.uniform(0, 1), (1, raters))
    scores = np.clip(3 + merit + severity + random.normal(0, random.uniform(0.2, 1.2), (subjects, raters)), 1, 5)
    scores = np.round(scores, 2 if seed % 4 == 0 else 0)
    scores[random.random(scores.shape) < missing] = np.nan
    return scores


def number(value):
    return float(value) if math.isfinite(value) else None


def intraclass(scores):
    """None where pingouin refuses: it wants at least 5 scores."""
    scores = scores[:, ~np.isnan(scores).all(axis=0)]
    complete = scores[~np.isnan(scores).any(axis=1)]
    subjects, raters = complete.shape
    if (subjects, raters) == (2, 2):
        return None
    names = {"ICC(1,1)": "oneWay", "ICC(A,1)": "single", "ICC(A,k)": "average", "ICC(C,1)": "consistency"}
    found = {name: None for name in names.values()}
    if subjects >= 2 and raters >= 2 and np.ptp(complete) > 0:
        cells = [(s, r, complete[s, r]) for s in range(subjects) for r in range(raters)]
        table = pingouin.intraclass_corr(
            pd.DataFrame(cells, columns=["subject", "rater", "score"]), "subject", "rater", "score")
        for row in table.to_dict("records"):
            if row["Type"] in names:
                found[names[row["Type"]]] = coefficient(row["ICC"], *row["CI95"])
    return {"subjects": subjects, "leftOut": len(scores) - subjects, "raters": raters, **found}


def coefficient(value, lower, upper):
    """Above 1 the estimate of the total variance is below 0; limits in disorder have passed such a pole."""
    if not math.isfinite(value) or value > 1 + 1e-9:
        return None
    interval = [float(lower), float(upper)] if lower <= value <= upper <= 1 else None
    return {"value": float(value), "interval": interval}


def alpha(scores, level):
    """nan for all scores equal; of a single subject with two scores alpha is 0, whatever they are."""
    paired = scores[(~np.isnan(scores)).sum(axis=1) >= 2]
    present = paired[~np.isnan(paired)]
    if len(paired) < 2 or len(np.unique(present)) < 2:
        return None
    return number(krippendorff.alpha(scores.T, level_of_measurement=level))


def kappa(scores):
    """Of the first two raters, where the scores are levels; 0, whatever one says, when the other never varies."""
    if scores.shape[1] < 2 or (scores % 1 > 0).any():
        return None
    pairs = scores[~np.isnan(scores[:, :2]).any(axis=1), :2].astype(int)
    if len(pairs) == 0 or (np.ptp(pairs, axis=0) == 0).any():
        return {"subjects": len(pairs), "value": None}
    value = cohen_kappa_score(pairs[:, 0], pairs[:, 1], labels=[1, 2, 3, 4, 5], weights="quadratic")
    return {"subjects": len(pairs), "value": number(value)}


def severities(scores):
    found = []
    for rater in range(scores.shape[1]):
        others = np.nanmean(np.delete(scores, rater, axis=1), axis=1) if scores.shape[1] > 1 else np.full(len(scores), np.nan)
        differences = scores[:, rater] - others
        differences = differences[~np.isnan(differences)]
        n = len(differences)
        found.append({
            "subjects": n,
            "difference": float(differences.mean()) if n >= 2 else None,
            "standardError": float(differences.std(ddof=1) / math.sqrt(n)) if n >= 2 else None,
        })
    return found


def case(seed, shape):
    scores = ratings(seed, *shape)
    return {
        "seed": seed,
        "rows": [[number(score) for score in row] for row in scores],
        "intraclass": intraclass(scores),
        "alpha": {level: alpha(scores, level) for level in ("nominal", "ordinal", "interval")},
        "kappa": kappa(scores),
        "severities": severities(scores),
    }


def quantile(probability, first, second):
    return {
        "probability": probability, "degrees": [first, second],
        "value": float(f.ppf(probability, first, second)),
    }


def reference():
    return {
        "quantiles": [
            quantile(probability, first, second)
            for probability in (0.025, 0.5, 0.975)
            for first in (1, 2.37, 9, 44, 1500)
            for second in (0.6, 1, 3.3, 18, 250, 20000)
        ],
        "matrices": [case(seed, shape) for seed, shape in enumerate(SHAPES, start=1)],
    }


def differences(committed, computed, path=""):
    """The paths of what differs, by more than another processor's last digits."""
    if isinstance(committed, dict) and isinstance(computed, dict) and committed.keys() == computed.keys():
        return [found for key in committed for found in differences(committed[key], computed[key], f"{path}/{key}")]
    if isinstance(committed, list) and isinstance(computed, list) and len(committed) == len(computed):
        pairs = enumerate(zip(committed, computed))
        return [found for index, pair in pairs for found in differences(*pair, f"{path}/{index}")]
    if isinstance(committed, float) and isinstance(computed, float):
        return [] if math.isclose(committed, computed, rel_tol=1e-9, abs_tol=1e-9) else [path]
    return [] if committed == computed else [path]


def main():
    with warnings.catch_warnings():
        # Libraries warn of divisions by 0; their nan becomes null here.
        warnings.simplefilter("ignore", RuntimeWarning)
        computed = reference()
    if sys.argv[1:] == ["--check"]:
        found = differences(json.loads(FILE.read_text()), computed)
        sys.exit("\n".join(["reference.json differs at", *found]) if found else 0)
    lines = ",\n".join(json.dumps(matrix) for matrix in computed["matrices"])
    FILE.write_text(f'{{"quantiles": {json.dumps(computed["quantiles"])},\n"matrices": [\n{lines}\n]}}\n')


if __name__ == "__main__":
    main()
