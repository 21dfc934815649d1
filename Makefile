# make           install what is missing, build in release, write output/
# make test      the same set-up and a browser's, then every test, then `unroll verify`
# make bench     hold the speed of builds as they grow, of cells from equations, and of the layers against PyTorch's
# make pytorch-check  whether the lessons' programs in PyTorch print what their Swift does
# make lint      how the code is set: swift-format, strict
# make coverage  which lines of Sources the tests run: a table, and the lines themselves in .build-coverage/html
# make mutants   whether the tests see each of the mistakes in Tests/Mutants/mutants.txt; takes an hour
# make clean     forget everything that was built

UNROLL := .build/release/unroll

# What swift-format reads; `make format` sets it so.
SWIFT := Sources Tests Package.swift $(wildcard Benchmarks/*.swift)
FORMAT := --configuration .ci/swift-format.json --recursive --parallel $(SWIFT)

.PHONY: site test build setup setup-tests pytorch-check bench coverage mutants lint format clean

site: build
	$(UNROLL) build

build: setup
	swift build -c release

test: setup-tests
	swift build -c release --build-tests
	swift test -c release --skip-build
	Tests/Browser/run
	$(UNROLL) verify --format $(if $(GITHUB_ACTIONS),github,text)

pytorch-check: site
	.ci/install pytorch
	.build/pytorch/bin/python -B Tests/PyTorch/check.py

bench:
	Benchmarks/run

coverage: setup
	.ci/coverage

mutants: setup
	Tests/Mutants/run

lint:
	swift format lint --strict $(FORMAT)

format:
	swift format --in-place $(FORMAT)

setup:
	@.ci/install

setup-tests:
	@.ci/install tests

clean:
	rm -rf .build .build-coverage .build-mutants output/assets
