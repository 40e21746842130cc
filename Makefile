# Parley's commands; `make` alone lists them.
#
# PARLEY_RUN and PARLEY_PORT choose another state folder and port than .run and
# 8080, so that several copies can run beside each other.

FUNCTIONS := .build/release
BUILD := swift build -c release -Xswiftc -Osize -Xlinker -s \
	--explicit-target-dependency-import-check error

.PHONY: help demo up down test check generate build contract faults \
	bench bench-volume bench-speech bench-analysis bench-documents bench-resumes

help:  ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-16s%s\n", $$1, $$2 }' Makefile

demo: build  ## Set everything up with a sample organisation and a finished interview
	@nginx/local/up.py
	@nginx/local/demo.py

up: build  ## Start Parley, or bring what runs in step with the checkout
	@nginx/local/up.py

down:  ## Stop what `make up` or `make demo` started, and nothing else
	@nginx/local/down.py

build:  ## Install the Debian packages that are missing and build every function
	@nginx/local/packages.sh
	@command -v swift >/dev/null || { echo "make: install a Swift 6.3 toolchain first: https://www.swift.org/install/linux/"; exit 1; }
	@echo "Building"
	@$(BUILD)

test: build  ## Run every test: units, functions on fixtures, journeys in a browser
	@nginx/local/packages.sh test
	@Tests/run.sh

check: build  ## Run the gates, then every test, as CI does
	@nginx/local/packages.sh test
	@$(FUNCTIONS)/Generate --check
	@Tests/Gates/gates.py
	@Tests/run.sh

generate: build  ## Write nginx's tables and the API description anew from the functions
	@$(FUNCTIONS)/Generate

bench: build  ## Measure Parley beside a C program and PHP
	@nginx/local/packages.sh test bench
	@Tests/Benchmarks/run.sh

bench-documents: build  ## Measure how documents are read, and what bombs among them cost
	@Tests/Benchmarks/documents.py

contract:  ## Try what the providers' protocols promise: on the double, and on the real services whose keys are set
	@nginx/local/packages.sh test
	@. Tests/venv.sh; "$$venv/bin/pytest" --noconftest -p no:cacheprovider -rs Tests/Journeys/test_provider_contract.py

faults: build  ## Print what comes of an answer with each fault of the engines' providers
	@nginx/local/packages.sh test
	@Tests/Benchmarks/faults.sh

bench-volume: build  ## Measure lists, search and review with 1,000 and with 100,000 interviews
	@nginx/local/packages.sh test bench
	@Tests/Benchmarks/volume.sh

bench-analysis: build  ## Measure the word rules, and what texts that speak to the rater change
	@nginx/local/packages.sh test
	@Tests/Benchmarks/analysis.sh

bench-speech: build  ## Measure how true, how fast and how large the offline measures of speech are
	@nginx/local/packages.sh test bench
	@Tests/Benchmarks/speech_accuracy.py $(FUNCTIONS)/MeasureSpeech
	@. Tests/venv.sh; environment .build/voices Tests/Benchmarks/voices-requirements.txt; .build/voices/bin/python Tests/Benchmarks/voices.py

bench-resumes: build  ## Measure how well 200 synthetic resumes are read
	@nginx/local/packages.sh test resumes
	@Tests/Resumes/run.sh
