# make        install what is missing, build in release, write output/
# make test   the same set-up, then every test, then `unroll verify`
# make bench  hold the speed of the layers against PyTorch's, which it installs for itself, and of cells from equations
# make clean  forget everything that was built

UNROLL := .build/release/unroll

.PHONY: site test build setup bench clean

site: build
	$(UNROLL) build

build: setup
	swift build -c release

test: setup
	swift build -c release --build-tests
	swift test -c release --skip-build
	$(UNROLL) verify

bench:
	Benchmarks/run

setup:
	@.ci/install

clean:
	rm -rf .build output/assets
