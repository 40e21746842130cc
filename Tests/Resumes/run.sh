#!/bin/bash
# Measures how well 200 synthetic resumes are read.
set -euo pipefail
cd "$(dirname "$0")/../.."

. Tests/venv.sh
environment .build/resumes Tests/Resumes/requirements.txt
.build/resumes/bin/python Tests/Resumes/evaluate.py
