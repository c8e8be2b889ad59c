# What the installer says, and the one way out of it for each exit code.

say() { printf '%s\n' "$*"; }

warn() { printf 'warning: %s\n' "$*" >&2; }

# 1: the command line is wrong.
misuse() {
    printf 'install.sh: %s\nsee: install.sh --help\n' "$*" >&2
    exit 1
}

# 2: it would not go well, so nothing was touched.
refuse() {
    printf 'refused: %s\n' "$*" >&2
    exit 2
}

# 4: it did not go well. Leaving puts everything back, as any exit does while a transaction is open.
fail() {
    printf 'failed: %s\n' "$*" >&2
    exit 4
}

# Passes text on from nginx, so that it can be told from ours.
quote() { sed 's/^/    /' "$@"; }

# A path as one word of a command line.
shell_word() {
    case $1 in
        *[!A-Za-z0-9_./@:+-]*) say "'$(say "$1" | sed "s/'/'\\\\''/g")'" ;;
        *) say "$1" ;;
    esac
}

# The value of the first fact of that name.
fact() { awk -F '\t' -v kind="$1" -v name="$2" '$1 == kind && $2 == name { print $3; exit }' "$facts"; }

# All facts of that name, without it.
facts_of() { awk -F '\t' -v kind="$1" '$1 == kind { sub(/^[^\t]*\t/, ""); print }' "$facts"; }

# A moment between two looks at the same thing; not every sleep knows fractions.
nap() { sleep 0.05 2> /dev/null || sleep 1; }

# Where the tests raise a signal: PUSHGATE_INSTALL_STOP=NAME:SIGNAL makes this process send SIGNAL to
# itself when it has done the step NAME. The steps, in their order: found, locked, mended, planned,
# staged, measured, copied, opened, written-1, written-2 and so on, tested, reloaded, proven, compared, closed; and
# on the way back restored-1 and so on.
step() {
    stop=${PUSHGATE_INSTALL_STOP-}
    [ "${stop%:*}" != "$1" ] || kill -s "${stop#*:}" $$
}
