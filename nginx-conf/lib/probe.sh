# Asks nginx and the gateway by curl. A socket is a line of $work/sockets:
#   ADDRESS PORT TLS PROXY HOST WANTED PLACE
# where ADDRESS is one that this machine reaches it by, HOST the name to ask for, and WANTED is "ours" where
# our locations are to answer in the end, else "none".

WS_PATH=/api/v1/notifications/ws
HANDSHAKE_KEY=dGhlIHNhbXBsZSBub25jZQ==
HANDSHAKE_ACCEPT=s3pPLMBiTxaQ9kYGzzhZRbK+xOo=

# Becomes curl to a socket, without what root's .curlrc says (-q), over HTTP/1.1, since HTTP/2 drops an
# upgrade; for a subshell. $1: the paths; the rest: curl's.
ask_socket() {
    scheme=http
    [ "$tls" = 0 ] || scheme=https
    haproxy=''
    [ "$proxy" = 0 ] || haproxy=--haproxy-protocol
    paths=$1
    shift
    for path in $paths; do set -- "$@" "$scheme://$host:$port$path"; done
    exec curl -q -sk --http1.1 --noproxy '*' --path-as-is --connect-to "::$address:$port" $haproxy "$@"
}

# Shakes hands and sets status, route (the stamp), node (which gateway), accept. A tunnel that opens
# stays open, so curl is ended as soon as the head of the answer is there. $@: what becomes curl.
shake_hands() {
    : > "$work/head"
    : > "$work/body"
    "$@" -N -m 4 -D "$work/head" -o "$work/body" -H 'Connection: Upgrade' -H 'Upgrade: websocket' \
        -H 'Sec-WebSocket-Version: 13' -H "Sec-WebSocket-Key: $HANDSHAKE_KEY" \
        -H 'Sec-WebSocket-Protocol: pushgate.v1' 6>&- 7>&- 8>&- &
    asking=$!
    while kill -0 $asking 2> /dev/null && ! grep -q '^HTTP/1.1 101' "$work/head"; do nap; done
    while kill -0 $asking 2> /dev/null && ! grep -q '^.$' "$work/head"; do nap; done
    kill -s KILL $asking 2> /dev/null || true
    wait $asking 2> /dev/null || true
    asking=''
    awk '
        { sub(/\r$/, "") }
        NR == 1 { status = $2 }
        { name = tolower($1); sub(/^[^:]*: */, ""); value[name] = $0 }
        END {
            print status == "" ? "none" : status
            print value["x-pushgate-route:"]
            print value["x-pushgate-gateway:"]
            print value["sec-websocket-accept:"]
        }' "$work/head" > "$work/answer"
    { read -r status; read -r route; read -r node; read -r accept; } < "$work/answer"
}

# Who would get in? Asked as if for a stranger, a gateway that lets in whoever is on loopback refuses
# and names the option, one with keys wants a token, and one that is open opens.
check_gateway() {
    silent=''
    for gateway in $(printf '%s' "$option_gateway" | tr , ' '); do
        shake_hands exec curl -q -s --noproxy '*' -H 'Host: 127.0.0.1' -H 'X-Forwarded-For: 203.0.113.7' \
            "http://$gateway$WS_PATH/pushgate-probe%40example.com"
        judge_gateway
    done
}

judge_gateway() {
    if [ "$status" = none ]; then
        silent=1
        warn "nothing answers at $gateway; start the gateway, and nginx will find it"
    elif [ -z "$node" ]; then
        warn "what answers at $gateway (status $status) is no pushgate"
    elif [ "$status" = 101 ]; then
        warn "the gateway at $gateway runs with --open: ANYBODY who reaches nginx gets in as any user"
    elif [ "$status" = 401 ] && grep -q -e '--token-keys' "$work/body"; then
        refuse_development
    fi
}

refuse_development() {
    if [ -n "$option_open" ]; then
        warn "the gateway at $gateway has no token keys; it is published, as --open says, but refuses
    strangers until it is started with --open itself"
        return
    fi
    refuse "the gateway at $gateway has no token keys, so it is for development alone.
    Start it with --token-keys FILE (a JWKS, PEM public keys, or a secret), so that each user needs a
    token; or with --open, where anybody may be any user, which install.sh --open lets you publish"
}

# The first digit of what a path answers, for each socket: what must be the same behind the reload.
measure_sites() {
    while read -r address port tls proxy host wanted place; do
        codes=$(ask_socket '/ /api/' -m 5 -o /dev/null -o /dev/null -w '%{http_code} ') || true
        set -- $codes 000 000
        say "$address $port $host / ${1%??}xx"
        say "$address $port $host /api/ ${2%??}xx"
    done < "$work/sockets"
}

# Whether the sites answer as they did, where they answered. Other programs stand behind them, so one odd answer is asked again.
sites_are_as_before() {
    until_deadline 3 sites_match && return
    warn "what answered before no longer answers so:"
    quote "$work/measured.other" >&2
    return 1
}

sites_match() {
    measure_sites > "$work/measured.after"
    grep -v ' 0xx$' "$work/measured.before" | grep -vxF -f "$work/measured.after" > "$work/measured.other" || true
    [ ! -s "$work/measured.other" ]
}

# Repeats a check until it succeeds; fails when it did not for $1 seconds, or when it returns 2 or more.
until_deadline() {
    deadline=$(($(date +%s) + $1))
    shift
    while :; do
        "$@" && return 0 || answer=$?
        [ "$answer" -lt 2 ] && [ "$(date +%s)" -lt $deadline ] || return 1
        nap
    done
}

# What answers on our path at each socket now: the stamp that was there before is what a way back ends at.
list_routes() {
    while read -r address port tls proxy host wanted place; do
        ask_route "$WS_PATH/pushgate-probe@example.com"
        [ -z "$node" ] || answered=1
        say "$address $port $host ${route:--}"
    done < "$work/sockets"
}

routes_are_as_before() {
    list_routes > "$work/routes.now"
    cmp -s "$work/routes" "$work/routes.now"
}

# Proves at each socket that what was written is what answers: the stamp in a real handshake, also for a
# name that holds an escaped plus; or, where we went away, its absence. Clears gateway_answers where nginx
# is right and no gateway is behind it. $@: until_deadline and its seconds, or nothing where it has to be so
# by now. A server may redirect one of its sockets to another, where it is proven.
prove() {
    gateway_answers=yes
    : > "$work/proven"
    : > "$work/redirected"
    while read -r address port tls proxy host wanted place; do
        if prove_socket "$@"; then
            say "$place" >> "$work/proven"
            say "proven: $host at $address:$port: status $status, stamp ${route:-none}${node:+, gateway $node}"
        elif is_redirect; then
            say "$place" >> "$work/redirected"
            say "skipped: $host at $address:$port redirects (status $status)"
        else
            return 1
        fi
    done < "$work/sockets"
    while read -r place; do
        grep -qxF -- "$place" "$work/proven" || {
            trouble="$place redirects at every socket that it has"
            return 1
        }
    done < "$work/redirected"
}

prove_socket() {
    for user in pushgate-probe@example.com pushgate%2Bprobe%40example.com; do
        trouble=''
        "$@" is_proven || {
            trouble="$host at $address:$port ($place): $trouble"
            return 1
        }
    done
}

is_redirect() {
    case $wanted/$route/$status in
        ours//30[12378]) return 0 ;;
        *) return 1 ;;
    esac
}

# 0: proven. 1: not yet. 2: it will not become so.
is_proven() {
    ask_route "$WS_PATH/$user"
    if [ "$wanted" = none ]; then
        [ "$route" != "$old_stamp" ] && return 0
        trouble="the old configuration still answers"
    elif [ "$route" != "$stamp" ]; then
        trouble="the new configuration is not live (status $status, stamp ${route:-missing})"
    else
        handshake_is_whole
        return
    fi
    [ -z "$(new_emergencies)" ] || return 2
    return 1
}

# A gateway that accepts and says nothing keeps nginx waiting too. What is too large for our locations nginx
# answers by itself, with the stamp: 413.
ask_route() {
    shake_hands ask_socket "$1"
    [ "$status" != none ] || shake_hands ask_socket "$1" -X POST -H 'Content-Length: 5000'
}

# Now that ours is known to be live: what closed the handshake before may have been the old configuration.
gateway_is_silent() {
    shake_hands ask_socket "$WS_PATH/$user"
    [ "$status" = none ] || return 1
    gateway_answers='' route=$stamp
}

# Whoever answers with its name is the gateway, whatever it makes of a stranger; but not by a complaint
# about the request, which is then not what was sent.
handshake_is_whole() {
    trouble="the handshake does not reach the gateway whole (status $status${node:+, gateway $node})"
    case $status/$node in
        101/?*) [ "$accept" = $HANDSHAKE_ACCEPT ] || return 2 ;;
        401/?* | 403/?* | 429/?* | 503/?*) ;;
        50[234]/) gateway_answers='' ;;
        413/) gateway_is_silent || return 1 ;;
        401/ | 403/)
            trouble="nginx itself answers $status: auth_basic, deny or auth_request of the site is in front of the gateway"
            return 2
            ;;
        *) return 2 ;;
    esac
}
