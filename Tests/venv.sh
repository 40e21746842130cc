# To be sourced in the checkout: `$venv` is a Python environment with what the tests from outside import.
venv=.build/venv
if ! cmp -s Tests/Journeys/requirements.txt "$venv/requirements.txt"; then
    python3 -m venv --clear "$venv"
    "$venv/bin/pip" install --quiet --disable-pip-version-check -r Tests/Journeys/requirements.txt
    cp Tests/Journeys/requirements.txt "$venv/"
fi
