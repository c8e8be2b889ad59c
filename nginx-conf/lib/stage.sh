# The tree as it would be, as a copy below $stage/, so that nginx judges it before anything is touched:
# every file that nginx loads, with the absolute includes made to lead there, and links to the rest.

stage_tree() {
    stage=$work/stage
    mkdir "$stage"
    while IFS="$TAB" read -r name real rest; do
        content=$(awk -F '\t' -v real="$real" '$1 ~ /^(put|drop)$/ && $2 == real { print $3 }' "$plan")
        stage_file "$name" "${content:-$real}"
    done < "$loaded"
    while IFS="$TAB" read -r kind real content name rest; do
        if [ "$kind" = put ] && [ ! -e "$stage$name" ]; then stage_file "$name" "$content"; fi
    done < "$plan"
    link_rest
}

stage_file() {
    mkdir -p "$stage${1%/*}"
    [ "$2" != - ] || return 0
    awk -v name="$2" -v root="$stage" -f "$lib/tokens.awk" -f "$lib/stage.awk" > "$stage$1"
    # nginx -t opens every log, which must not make ours where nothing is to be touched.
    case $1 in
        */pushgate-proxy.conf)
            sed "s|^access_log .* pushgate;|access_log $work/pushgate.log pushgate;|" "$stage$1" > "$work/quiet"
            mv "$work/quiet" "$stage$1"
            ;;
    esac
}

# Certificates, password files and the like are named relative to the main file's directory, and now
# and then from its parent.
link_rest() {
    dropped="
$(awk -F '\t' '$1 == "drop" { print $4 }' "$plan")
"
    find "$stage${home%/*}" -type d > "$work/directories"
    while read -r directory; do link_missing "${directory#"$stage"}"; done < "$work/directories"
}

link_missing() {
    directory=$1
    set --
    for entry in "$directory"/* "$directory"/.[!.]*; do
        [ -e "$entry" ] && [ ! -e "$stage$entry" ] || continue
        is_dropped "$entry" || set -- "$@" "$entry"
    done
    [ $# = 0 ] || ln -s "$@" "$stage$directory/"
}

is_dropped() {
    case $dropped in
        *"
$1
"*) return 0 ;;
        *) return 1 ;;
    esac
}

test_staged() {
    if ! "$nginx" -p "${prefix:-$compiled_prefix}" -c "$stage$conf" ${error_option:+-e "$error_option"} -t \
        > "$work/staged.err" 2>&1; then
        sed "s|$stage||g" "$work/staged.err" | quote >&2
        refuse "nginx -t does not take what would be written"
    fi
    judge_warnings "$work/staged.err" "$stage" || refuse "a server would be left out"
}

# What each step of the plan changes, as a unified diff.
show_plan() {
    while IFS="$TAB" read -r kind real content name rest; do
        case $kind in
            put) show_diff "$real" "$real" "$content" ;;
            drop) show_diff "$real" "$real" /dev/null ;;
            *) say "$kind $real" ;;
        esac
    done < "$plan"
}

show_diff() {
    before=$2
    [ -e "$before" ] || before=/dev/null
    # What stands behind a tab is no part of the name, and what stands before it is, blanks too.
    printf '%s %s\t\n' --- "$before" +++ "$1"
    diff -u "$before" "$3" | tail -n +3
}
