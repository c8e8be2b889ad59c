# What is to be written. $plan has one step a line, in an order in which the files on disk are a good
# configuration after each of them:
#
#   mkdir  DIRECTORY
#   put    REALFILE CONTENT NAME    NAME is how nginx calls the file, CONTENT where its new text is
#   drop   REALFILE - NAME
#   rmdir  DIRECTORY
#
# A fifth field is the checksum of what the plan was made from.

TAB='	'

planned() { printf '%s\t%s\t%s\t%s\t%s\n' "$@" "$(checksum_read "$2")" >> "$plan"; }

# As it was when nginx named it, which is before anything was read from it.
checksum_read() {
    known=$(awk -F '\t' -v real="$1" '$2 == real { print $3; exit }' "$loaded")
    say "${known:-$(checksum_now "$1")}"
}

# A file's own path behind symbolic links, also where it is yet to come.
real_path() {
    if [ -e "$1" ]; then readlink -f -- "$1"
    elif [ -d "${1%/*}" ]; then printf '%s/%s\n' "$(readlink -f -- "${1%/*}")" "${1##*/}"
    else printf '%s\n' "$1"; fi
}

# Plans a file of ours, where it is not there already with this text.
plan_file() {
    if [ ! -d "${1%/*}" ]; then
        grep -qxF "mkdir$TAB${1%/*}$TAB-$TAB-$TAB-" "$plan" || planned mkdir "${1%/*}" - -
    fi
    [ ! -s "$1" ] || is_ours "$1" || refuse "$1 is there and is not pushgate's; move it away first"
    cmp -s "$2" "$1" || planned put "$(real_path "$1")" "$2" "$1"
}

# Each file of ours says so in its first line.
is_ours() { [ -f "$1" ] && head -n 1 "$1" | grep -q '^# pushgate, [a-z]* level[.]'; }

plan_install() {
    refuse_conflicts
    render
    plan_file "$http_target" "$work/new/00-pushgate.conf"
    plan_file "$home/snippets/pushgate-proxy.conf" "$work/new/pushgate-proxy.conf"
    plan_file "$snippet" "$work/new/pushgate.conf"
    list_edits > "$work/edits"
    plan_edits add "$(cut -f 1 "$work/edits" | sort -u)"
}

# Where what belongs in http{} goes: where it is already; else beside others that nginx includes there;
# else, or where those come after the sites, with a line of its own in the main file.
find_http_target() {
    http_line=''
    http_target=$(facts_of file | cut -f 1 | grep '/00-pushgate\.conf$' | head -n 1) || true
    [ -z "$http_target" ] || return 0
    for preferred in '/(conf|http)[.]d/' /; do
        facts_of include | sed -n "s/${TAB}1\$//p" | grep -E "$preferred" > "$work/includes" || true
        while read -r pattern; do
            takes_our_file "$pattern" || continue
            http_target=${pattern%/*}/00-pushgate.conf
            return 0
        done < "$work/includes"
    done
    http_target=$home/conf.d/00-pushgate.conf http_line=1
    # It must not be loaded a second time, further down.
    ! is_included "$http_target" || http_target=$home/snippets/00-pushgate.conf
}

is_included() {
    facts_of include | while IFS="$TAB" read -r pattern rest; do
        case $1 in $pattern) say "$pattern" ;; esac
    done | grep -q .
}

# What an earlier run or a hand wrote into our files stays where no option says otherwise.
keep_settings() {
    if [ -z "$option_gateway" ] && [ -f "$http_target" ]; then
        awk -v file="$http_target" -f "$lib/tokens.awk" -f "$lib/kept.awk" > "$work/kept"
        option_gateway=$(sed -n 's/^server //p' "$work/kept" | tr '\n' ,)
        option_gateway=${option_gateway%,}
        lost=$(sed -n 's/^lost //p' "$work/kept")
        [ -z "$lost" ] || refuse "$http_target has what can't be kept; say where the gateway is by --gateway:
$(printf '%s\n' "$lost" | quote)"
        [ -z "$option_gateway" ] || is_gateway "$option_gateway" \
            || refuse "$http_target names $option_gateway, which can't be kept; say where the gateway is by --gateway"
    fi
    if [ -z "$option_timeout" ]; then
        proxy_file=$home/snippets/pushgate-proxy.conf
        option_timeout=$(sed -n 's/^[[:space:]]*proxy_read_timeout[[:space:]]*\([^[:space:];]*\).*/\1/p' "$proxy_file" 2> /dev/null \
            | head -n 1) || true
        seconds=$(seconds_of "${option_timeout:-86400s}")
        [ $((${seconds:-0})) -ge 50 ] || refuse "$proxy_file has proxy_read_timeout $option_timeout, which can't be kept: it is
    below twice the gateway's heartbeat of 25s, or not like 86400s, 90m, 24h, 1d; say one by --timeout"
    fi
    option_gateway=${option_gateway:-127.0.0.1:8000} option_timeout=${option_timeout:-86400s}
}

takes_our_file() {
    [ -d "${1%/*}" ] && [ -w "${1%/*}" ] || return 1
    case 00-pushgate.conf in
        ${1##*/}) return 0 ;;
        *) return 1 ;;
    esac
}

# The project's files with what the options and this nginx say, and with a stamp of all that in them.
render() {
    mkdir "$work/new"
    find_log
    awk -v gateways="$option_gateway" '
        /^    server 127\.0\.0\.1:8000 max_fails=0;/ {
            n = split(gateways, gateway, ",")
            if (n == 1) { sub(/127\.0\.0\.1:8000/, gateway[1]); print }
            for (i = 1; n > 1 && i <= n; i++) print "    server " gateway[i] " max_fails=3 fail_timeout=5s;"
            next
        }
        { print }' "$source/conf.d/00-pushgate.conf" > "$work/new/00-pushgate.conf"
    cp "$source/snippets/pushgate.conf" "$work/new/pushgate.conf"
    sed "s|^proxy_read_timeout .*;|proxy_read_timeout $option_timeout;|;
        s|^access_log .* pushgate;|access_log $(quoted "$log_file" | sed 's/[&|]/\\&/g') pushgate;|" \
        "$source/snippets/pushgate-proxy.conf" > "$work/new/unstamped"
    stamp="1 $(cat "$work/new/00-pushgate.conf" "$work/new/pushgate.conf" "$work/new/unstamped" | checksum | cut -c 1-12)"
    sed "s|^add_header X-Pushgate-Route \"1\"|add_header X-Pushgate-Route \"$stamp\"|" \
        "$work/new/unstamped" > "$work/new/pushgate-proxy.conf"
}

# Beside nginx's other logs; or, where those go to a device, as in a container, there too.
find_log() {
    log_file=''
    for log in "$(fact setting access_log)" "$(build_option http-log-path logs/access.log)" \
        "$(fact setting error_log)" logs/access.log; do
        case $log in
            '' | off | none | stderr | syslog:* | memory:* | *[\$\"\'\\]*) continue ;;
        esac
        log=$(below "${prefix:-$compiled_prefix}" "$log")
        # Not to its end: what /dev/stdout leads to is another matter for each process.
        case $log$TAB$(readlink -- "$log") in
            /dev/* | /proc/* | *"$TAB"/dev/* | *"$TAB"/proc/*) log_file=$log ;;
            *) [ ! -d "${log%/*}" ] || log_file=${log%/*}/pushgate.log ;;
        esac
        [ -z "$log_file" ] || return 0
    done
    refuse "there is no directory of nginx's logs; say one in http{} by access_log"
}

checksum() { sha256sum | cut -d ' ' -f 1; }

# Lines of "REALFILE operation", as edit.awk takes them.
list_edits() {
    text="include $(quoted "$snippet");"
    facts_of edit | awk -F '\t' -v OFS='\t' -v text="$text" '{ print $1, "insert", $2, $3, $4, text }'
    [ -z "$option_adopt" ] || facts_of old | awk -F '\t' -v OFS='\t' '{ print $2, "adopt", $3, $4 }'
    [ -z "$http_line" ] || facts_of http \
        | awk -F '\t' -v OFS='\t' -v text="include $(quoted "$http_target");" '{ print $1, "insert", $2, $3, "    ", text }'
}

# nginx's quotes, where a path needs them.
quoted() {
    case $1 in
        *[!A-Za-z0-9_./@:+-]*) printf '"%s"\n' "$1" ;;
        *) printf '%s\n' "$1" ;;
    esac
}

# $1: add or remove; $2: the files, one a line. One that two names lead to is edited once.
plan_edits() {
    edited=0
    while read -r file; do
        [ -n "$file" ] || continue
        edited=$((edited + 1))
        [ "$1" = remove ] || awk -F '\t' -v file="$file" '$1 == file { sub(/^[^\t]*\t/, ""); print }' \
            "$work/edits" | sort -u | sort -t "$TAB" -k 2n -k 3n > "$work/ops"
        unended=0
        [ -z "$(tail -c 1 "$file")" ] || unended=1
        awk -v how="$1" -v ops="$work/ops" -v unended=$unended -f "$lib/edit.awk" "$file" \
            > "$work/edited-$edited"
        cmp -s "$file" "$work/edited-$edited" || planned put "$file" "$work/edited-$edited" "$file"
    done <<EOT
$2
EOT
}

# Our lines go first, what they include afterwards. Files that nginx doesn't load any more count too,
# where an earlier run wrote them.
plan_uninstall() {
    facts_of has | while IFS="$TAB" read -r server place; do
        sed -n "${place##*:}p" "${place%:*}" | grep -q ' # pushgate (managed' \
            || refuse "$place is an include line of your own; take it out first"
    done
    managed=$( { facts_of file | cut -f 2; earlier_files; } | sort -u | while read -r file; do
        if [ -f "$file" ] && grep -q -e ' # pushgate (managed' -e '^#pushgate-adopted# ' "$file"; then say "$file"; fi
    done)
    plan_edits remove "$managed"
    find_http_target
    for file in "$snippet" "$home/snippets/pushgate-proxy.conf" "$http_target"; do
        [ -e "$file" ] || continue
        if is_ours "$file"; then planned drop "$(real_path "$file")" - "$file"; else warn "$file stays: it is not pushgate's"; fi
    done
    earlier_directories | while read -r directory; do
        [ ! -d "$directory" ] || planned rmdir "$directory" - -
    done
}

# The way back of a manifest, from its end to its beginning.
plan_rollback() {
    changed=$(list_changed "$rollback_of/manifest")
    [ -z "$changed" ] || refuse "changed since ${rollback_of##*/}; its files are in $rollback_of:
$changed"
    backwards "$rollback_of/manifest" | while IFS="$TAB" read -r kind path existed mode owner before after number; do
        case $kind/$existed in
            mkdir/*) planned rmdir "$path" - - ;;
            rmdir/*) planned mkdir "$path" - - ;;
            */1) planned put "$path" "$rollback_of/files/$number" "$path" ;;
            */0) planned drop "$path" - "$path" ;;
        esac
    done
}
