#!/bin/sh
# Sets up everything `make run` (argument: run), `make test` (argument: test) or `make browsers` (argument: browsers,
# which is test and two more browsers) needs, and nothing twice:
# native libraries by the system's package manager, the virtual environment, the locked Python packages
# and the compiled Russian catalogue. It says one clear line when it cannot go on.
set -eu
cd "$(dirname "$0")"
purpose=${1:-run}

say() { printf '%s\n' "$*" >&2; }
stop() { say "mystery: $*"; exit 1; }

find_python() {
    for candidate in "${PYTHON:-}" python3 python3.14 python3.13 python3.12 python3.11; do
        [ -n "$candidate" ] && command -v "$candidate" >/dev/null 2>&1 || continue
        if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            printf '%s\n' "$candidate"
            return
        fi
    done
}

has_library() {
    # The loader is asked, not the package list, so that libraries from any source count.
    "$python" - "$1" <<'PY' 2>/dev/null
import ctypes, sys
ctypes.CDLL(sys.argv[1])
PY
}

list_missing_packages() {
    "$python" -c 'import ensurepip, venv' 2>/dev/null || printf ' python3-venv'
    has_library libpango-1.0.so.0 || printf ' libpango-1.0-0'
    has_library libpangoft2-1.0.so.0 || printf ' libpangoft2-1.0-0'
    has_library libharfbuzz-subset.so.0 || printf ' libharfbuzz-subset0'
    if [ "$purpose" != run ]; then
        command -v chromium >/dev/null 2>&1 || [ -n "${MYSTERY_CHROMIUM:-}" ] || printf ' chromium'
        command -v pdftoppm >/dev/null 2>&1 || printf ' poppler-utils'
        # Something has to draw letters when a test looks at the pixels of a page.
        [ -n "$(find /usr/share/fonts /usr/local/share/fonts -name '*.ttf' -o -name '*.otf' 2>/dev/null | head -n 1)" ] || printf ' fonts-dejavu-core'
    fi
    if [ "$purpose" = browsers ]; then
        command -v firefox-esr >/dev/null 2>&1 || command -v firefox >/dev/null 2>&1 || [ -n "${MYSTERY_FIREFOX:-}" ] || printf ' firefox-esr'
        command -v WebKitWebDriver >/dev/null 2>&1 || printf ' webkit2gtk-driver'
        command -v Xvfb >/dev/null 2>&1 || printf ' xvfb'
    fi
}

install_packages() {
    command -v apt-get >/dev/null 2>&1 || stop "please install with your package manager:$1 (Debian's names; a test browser may also be named in MYSTERY_CHROMIUM)"
    root=""
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null 2>&1 && { sudo -n true 2>/dev/null || [ -t 0 ]; } ||
            stop "these packages are missing and only root can install them: apt-get install --no-install-recommends$1"
        root="sudo"
    fi
    say "Installing with apt-get:$1"
    $root apt-get update -qq
    # shellcheck disable=SC2086 # The names are meant to be split.
    $root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $1 >/dev/null ||
        stop "apt-get could not install:$1"
}

python=$(find_python)
[ -n "$python" ] || stop "Python 3.11 or newer is needed; on Debian or Ubuntu: apt-get install python3 python3-venv"
missing=$(list_missing_packages)
[ -z "$missing" ] || install_packages "$missing"

lock=requirements/test.lock
if [ "$purpose" = run ]; then lock=requirements/run.lock; fi
# A test environment serves the application as well, so `make run` after `make test` installs nothing.
if [ "$purpose" = run ] && [ -e .venv/installed-test ]; then lock=requirements/test.lock; fi
stamp=.venv/installed-$(basename "$lock" .lock)
wanted=$(cat "$lock" setup.cfg pyproject.toml | sha256sum | cut -d' ' -f1)
if [ "$(cat "$stamp" 2>/dev/null || true)" != "$wanted" ]; then
    [ -x .venv/bin/python ] || "$python" -m venv .venv || stop "could not make the virtual environment .venv"
    say "Installing Python packages into .venv (once; about a minute)"
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r "$lock"
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps -e .
    printf '%s\n' "$wanted" >"$stamp"
fi
if [ ! -e mystery/translations/ru/LC_MESSAGES/messages.mo ] ||
    [ mystery/translations/ru/LC_MESSAGES/messages.po -nt mystery/translations/ru/LC_MESSAGES/messages.mo ]; then
    .venv/bin/pybabel --quiet compile -d mystery/translations
fi
