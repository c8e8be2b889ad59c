# Which server blocks are meant, and whether ours can go into them. Works on $facts, which choose.awk
# prints.

# $1: the main file; $2: our snippet; $3: what is loaded; $4: the host; $5: 1 for all with our line.
choose_awk() {
    plain_port=80
    [ "$(id -u)" = 0 ] || plain_port=8000
    awk -v main="$1" -v snippet="$2" -v loaded="$3" -v host="$4" -v port="$option_port" \
        -v only="$only" -v ours="$5" -v plain_port="$plain_port" -v hostname="$(uname -n)" \
        -f "$lib/tokens.awk" -f "$lib/walk.awk" -f "$lib/choose.awk"
}

# Facts of the configuration as it stands. $1: the host, or empty; $2: 1 for all servers with our line.
read_facts() {
    choose_awk "$conf" "$snippet" "$loaded" "$1" "$2" > "$facts" || refuse "can't read $conf"
}

# Fills $facts with the servers to install to, as --host, --port and --site say. Without --host the
# only name that there is will do.
choose_servers() {
    only=''
    [ -z "$option_site" ] || only=$(site_file)
    read_facts "$option_host" 0
    if [ -z "$option_host" ] && [ -z "$only" ]; then
        hosts=$(facts_of host)
        case $hosts in
            '') refuse "no server has a name; say which host is meant with --host" ;;
            *[!!-~]*) refuse "several hosts are served; say which with --host:
$(printf '%s\n' "$hosts" | quote)" ;;
            .* | *[!A-Za-z0-9._:-]*) refuse "the only server_name is $hosts; say which host of it pages use with --host" ;;
        esac
        option_host=$hosts
        read_facts "$option_host" 0
    fi
    report_choice
}

# The real path of --site, which must be one of the files that nginx loads.
site_file() {
    site=$(readlink -f -- "$option_site") && cut -f 2 "$loaded" | grep -qxF -- "$site" \
        || refuse "nginx does not load $option_site"
    printf '%s\n' "$site"
}

report_choice() {
    facts_of skip | awk -F '\t' '{ print "skipped: " $1 ", since " $2 " redirects or answers everybody" }'
    facts_of serves | awk -F '\t' '{ print "chosen: " $6 " serves " $1 ":" $2 " by the name " $5 }'
    [ -z "$option_host" ] || facts_of serves | while IFS='	' read -r address port tls proxy name place; do
        [ "$name" != default ] || warn "no server on port $port has the name $option_host; $place gets it as the default"
    done
    facts_of unjudged | while read -r name; do
        warn "server_name $name can't be judged here; where it is the one, name its file with --site"
    done
    facts_of shadow | while IFS='	' read -r address port place; do
        warn "who comes in by $address:$port gets another server: $place"
    done
    facts_of before | while read -r place; do
        warn "$place stands before every location; the handshake will show whether it is in the way"
    done
    [ -n "$(facts_of serves)" ] \
        || refuse "no server block serves ${option_host:-$option_site}${option_port:+ on port $option_port} without redirecting"
}

# What stands in the way of ours: somebody's own names, somebody's own location, a panel.
refuse_conflicts() {
    http_real=$(real_path "$http_target")
    facts_of taken | while IFS='	' read -r real place name; do
        [ "$real" = "$http_real" ] || say "    $place: $name"
    done > "$work/taken"
    [ ! -s "$work/taken" ] || refuse "these names are pushgate's own; is it there by hand? Take it out first:
$(cat "$work/taken")"
    refuse_old_locations
    facts_of edit | while IFS='	' read -r real rest; do
        case $real in
            /www/server/panel/*) refuse "$real is written anew by aaPanel; put 'include $snippet;' into
    /www/server/panel/vhost/nginx/extension/SITE/ instead" ;;
            /etc/nginx/plesk.conf.d/* | /var/www/vhosts/system/*) refuse "$real is written anew by Plesk; put 'include $snippet;' into
    /var/www/vhosts/system/SITE/conf/vhost_nginx.conf instead" ;;
        esac
    done
}

refuse_old_locations() {
    facts_of old | while IFS='	' read -r kind real first last place; do
        case $kind/$option_adopt in
            *-entangled/1 | same-entangled*/) refuse "$place: a location for our path shares a line with something else; take it out by hand" ;;
            *-shared/1 | same*-shared/) refuse "$place: a location for our path belongs to a server too that was not chosen, and would
    go without it; take it out by hand, or choose that server by --host, --port or --site as well" ;;
            same*/) refuse "$place: a location for our path is there; with --adopt it is commented out" ;;
            beside-*/) warn "$place: an older location for our path; ours goes first" ;;
            beside/) warn "$place: an older location for our path; ours goes first. --adopt comments it out" ;;
        esac
    done
}

# The sockets of the servers in $facts: where this machine reaches each, and by which name. A wildcard is
# asked at an address of loopback that no other socket has for itself, and [::] only where there is such a
# loopback, which containers often lack. $1: the word for WANTED; $2: facts.
list_sockets() {
    ipv6=$(grep -c '^0*1 ' /proc/net/if_inet6 2> /dev/null || true)
    awk -F '\t' -v host="$option_host" -v wanted="$1" -v ipv6="${ipv6:-0}" '
        $1 == "socket" { taken[$2, $3] = 1; dual[$2, $3] = $4 + 0 }
        $1 == "serves" {
            address = $2
            if (address == "[::]" && !ipv6 && dual[address, $3]) address = "*"
            if (address == "[::]" && !ipv6) next
            if (address == "[::]") address = "[::1]"
            for (n = 1; address == "*" || address == "127.0.0." n - 1 && taken[address, $3]; n++) address = "127.0.0." n
            name = host == "" ? a_name($6) : host
            print address, $3, $4, $5, name, wanted, $7
        }
        function a_name(pattern) {
            if (pattern ~ /^~/ || pattern == "default" || pattern == "_") return "pushgate-probe.invalid"
            if (sub(/\.\*$/, ".invalid", pattern)) return pattern
            sub(/^\*?\./, "pushgate-probe.", pattern)
            return pattern
        }' "$2"
}

# Where our locations are to answer once the plan is written, and where they do so now, for a plan that is
# no installation: whoever answers in the end is wanted, the others have to fall silent.
list_sockets_of_change() {
    find "$stage" -type f | awk -v OFS='\t' '{ print $0, $0 }' > "$work/staged"
    list_sockets none "$facts" > "$work/sockets.before"
    choose_awk "$stage$conf" "$stage$snippet" "$work/staged" "" 1 > "$work/facts.after"
    list_sockets ours "$work/facts.after" > "$work/sockets.after"
    awk '!seen[$1, $2, $5]++' "$work/sockets.after" "$work/sockets.before"
}

# Two things a WebSocket needs of the main context, which is the operator's own.
advise_capacity() {
    [ -n "$option_expected_connections" ] || return 0
    workers=$(fact setting worker_processes)
    case $workers in
        auto) workers=$(grep -c '^processor' /proc/cpuinfo) ;;
        '') workers=1 ;;
    esac
    connections=$(fact setting worker_connections)
    needed=$((2 * option_expected_connections / workers + 100))
    [ "${connections:-512}" -ge $needed ] \
        || warn "for $option_expected_connections connections nginx.conf needs: events { worker_connections $needed; }"
    files=$(fact setting worker_rlimit_nofile)
    files=${files:-$(awk '/^Max open files/ { print $4 }' "/proc/${master:-self}/limits")}
    [ "$files" = unlimited ] || [ "$files" -ge $needed ] || warn "and outside all blocks: worker_rlimit_nofile $((2 * needed));"
}
