# To be sourced in the checkout: `$venv` is a Python environment with what the tests from outside import.

# environment FOLDER REQUIREMENTS: brings a Python environment in step with a file of requirements.
environment() {
    if ! cmp -s "$2" "$1/requirements.txt"; then
        python3 -m venv --clear "$1"
        # What is imported is compiled then; compiling all of it takes longer than unpacking it.
        "$1/bin/pip" install --quiet --disable-pip-version-check --no-compile -r "$2"
        cp "$2" "$1/requirements.txt"
    fi
}

venv=.build/venv
environment "$venv" Tests/Journeys/requirements.txt
