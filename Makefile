# make        install what is missing, build in release, write output/
# make test   the same set-up, then every test, then `unroll verify`
# make bench  hold the speed of the layers against PyTorch's, which it installs for itself, and of cells from equations
# make clean  forget everything that was built

UNROLL := .build/release/unroll
FONT := output/assets/math.woff2
MATH_OTF := /usr/share/texmf/fonts/opentype/public/tex-gyre-math/texgyrepagella-math.otf

# Letters that a browser makes of the plain ones in `<mi>`: italic Latin and Greek, and bold ones.
MATH_LETTERS := 20-7E,210E,3B1-3C9,1D400-1D467,1D6E4-1D71B

.PHONY: site test build setup bench clean

site: build
	$(UNROLL) build
	$(MAKE) $(FONT)

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

# TeX Gyre Pagella Math cut down to the characters on the site. The MATH table and the glyph variants stay:
# large delimiters and radicals are built from them.
$(FONT): $(wildcard output/*.html)
	@mkdir -p $(@D)
	cat output/*.html > $(@D)/characters
	hb-subset --text-file=$(@D)/characters --unicodes+=$(MATH_LETTERS) --layout-features='*' \
	    --output-file=$(@D)/math.ttf $(MATH_OTF)
	woff2_compress $(@D)/math.ttf
	@rm -f $(@D)/math.ttf $(@D)/characters

clean:
	rm -rf .build output/assets
