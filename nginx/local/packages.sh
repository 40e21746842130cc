#!/bin/bash
# Installs the Debian packages that are missing, and starts none of their services.
#
#   packages.sh            what Parley needs to be built and to run
#   packages.sh test       also what its tests need
#   packages.sh bench      also what its benchmarks need
#   packages.sh resumes    also what the benchmark of resumes needs
set -euo pipefail

build=(libfcgi-dev libpq-dev libcurl4-openssl-dev libssl-dev libpango1.0-dev libseccomp-dev
    libexpat1-dev libminizip-dev libutf8proc-dev pkg-config)
run=(nginx-light openbsd-inetd postgresql-15 ffmpeg pocketsphinx pocketsphinx-en-us
    ca-certificates poppler-utils catdoc tesseract-ocr tesseract-ocr-eng tesseract-ocr-deu tesseract-ocr-spa
    fonts-inter-variable fonts-dejavu-core fonts-noto-core fonts-wqy-microhei fonts-noto-color-emoji
    python3 libjs-pdf)
sample=(flite python3-aiosmtpd)
test=(chromium nodejs python3-venv binutils curl espeak-ng postfix
    swift swift-proxy swift-account swift-container swift-object memcached)
bench=(wrk gcc libc6-dev php-fpm php-pgsql valgrind pocketsphinx-testdata)
resumes=(libreoffice-writer-nogui)

wanted=("${build[@]}" "${run[@]}" "${sample[@]}")
for more in "$@"; do
    case $more in
        test) wanted+=("${test[@]}") ;;
        bench) wanted+=("${bench[@]}") ;;
        resumes) wanted+=("${resumes[@]}") ;;
        *) echo "packages.sh: there is no list called $more" >&2; exit 2 ;;
    esac
done

missing=()
for package in "${wanted[@]}"; do
    status=$(dpkg-query -W -f '${db:Status-Abbrev}' "$package" 2>/dev/null || true)
    [[ $status == ii* ]] || missing+=("$package")
done
if [[ ${#missing[@]} -eq 0 ]]; then
    echo "Every Debian package that is needed is installed"
    exit 0
fi
echo "Installing ${#missing[@]} Debian packages: ${missing[*]}"

if [[ $EUID -eq 0 ]]; then
    root=()
elif command -v sudo >/dev/null; then
    root=(sudo)
else
    echo "packages.sh: only root can do that, and there is no sudo. As root, run:" >&2
    echo "  apt-get update && apt-get install ${missing[*]}" >&2
    exit 1
fi

# Debian starts a service as soon as it is installed. Parley runs its own
# copies, so for the length of the installation the system is told not to, and
# not to create a database cluster. A rule that the machine has already stays.
rules=()
rule() {
    local path=$1 mode=$2 text=$3
    [[ -e $path ]] && return
    rules+=("$path")
    "${root[@]}" mkdir -p "$(dirname "$path")"
    echo "$text" | "${root[@]}" tee "$path" >/dev/null
    "${root[@]}" chmod "$mode" "$path"
}
remove_rules() {
    [[ ${#rules[@]} -eq 0 ]] || "${root[@]}" rm -f "${rules[@]}"
}
trap remove_rules EXIT
rule /usr/sbin/policy-rc.d 755 $'#!/bin/sh\nexit 101'
rule /etc/postgresql-common/createcluster.d/parley.conf 644 'create_main_cluster = off'

log=$(mktemp)
apt() {
    if ! "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -y "$@" >"$log" 2>&1; then
        tail -n 30 "$log" >&2
        echo "packages.sh: apt-get $1 failed; all it said is in $log" >&2
        exit 1
    fi
}
echo "  reading the package lists"
apt update
echo "  installing (this can take a few minutes)"
apt install --no-install-recommends "${missing[@]}"
rm -f "$log"
echo "  done"
