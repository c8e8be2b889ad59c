# Walks a configuration as nginx does, from its main file through every include, and notes what the
# installer asks about. An include's pattern is matched against the files that nginx itself said it
# loaded, so no glob of ours can differ from nginx's.
#
#   main       the main file; what is relative is relative to its directory
#   snippet    the file that a server includes to have our locations
#   loaded     a file: one line for each file loaded, "name TAB real path"

function load_list(file,    row, part) {
    while ((getline row < file) > 0) {
        split(row, part, "\t")
        loaded_name[++loaded_count] = part[1]
        real[part[1]] = part[2]
    }
    close(file)
    home = main
    sub(/[^\/]*$/, "", home)
}

# Notes the directives from the i-th on, to the end of the block or file; returns where it ended.
function walk(file, i, context,    name) {
    read_file(file)
    walked[file] = 1
    for (; i <= directives[file]; i++) {
        if (ending[file, i] == "}") return i
        if (context == "http" && file == http_file && !servers) note_http_place(file, i - 1)
        name = word[file, i, 1]
        if (ending[file, i] == "{") i = walk_block(file, i, context, name)
        else if (name == "include") walk_include(file, i, context)
        else note_directive(file, i, context, name)
    }
    return i
}

function walk_block(file, i, context, name,    inner, last) {
    inner = (context == "" ? name : context "/" name)
    if (inner == "http") http_file = file
    else if (inner == "http/server") note_server(file, i)
    else if (inner == "http/upstream" || inner == "http/map") note_definition(file, i)
    else if (inner == "http/server/if") s_before[server] = s_before[server] place(file, i) " if\n"
    else if (inner == "http/server/location") read_location(file, i)
    last = walk(file, i + 1, inner)
    if (inner == "http/server/location") note_location(file, i, last)
    return last
}

function walk_include(file, i, context,    pattern, k) {
    pattern = absolute(word[file, i, 2])
    if (context == "http") {
        http_include[++http_includes] = pattern
        servers_before[http_includes] = servers
    }
    if (context == "http/server" && resolved(pattern) == resolved(snippet)) s_ours[server] = place(file, i)
    if (pattern !~ /[*?[]/) {
        if (pattern in real) walk(pattern, 1, context)
        return
    }
    pattern = glob_regex(pattern)
    for (k = 1; k <= loaded_count; k++) {
        if (loaded_name[k] ~ pattern) walk(loaded_name[k], 1, context)
    }
}

function absolute(path) { return path ~ /^\// ? path : home path }

function resolved(path) { return path in real ? real[path] : path }

function place(file, i) { return file ":" line[file, i, 1] }

# As glob(3) without GLOB_PERIOD: no wildcard matches a slash, or a dot at the beginning of a name.
function glob_regex(pattern,    out, i, c) {
    for (i = 1; i <= length(pattern); i++) {
        c = substr(pattern, i, 1)
        if (c == "*" || c == "?") {
            if (substr(pattern, i - 1, 1) == "/") out = out (c == "*" ? "([^./][^/]*)?" : "[^./]")
            else out = out (c == "*" ? "[^/]*" : "[^/]")
        }
        else if (c == "[" || c == "]" || c == "-" || c ~ /[A-Za-z0-9_\/]/) out = out c
        else if (c == "!" && substr(pattern, i - 1, 1) == "[") out = out "^"
        else out = out "[" c "]"
    }
    return "^" out "$"
}

# Where a line of ours goes in http itself: before the first server, but behind what stands above it, such as
# map_hash_bucket_size, which nginx takes only before the first map.
function note_http_place(file, i) {
    http_line = end_line[file, i]
    http_column = end_column[file, i]
}

function note_server(file, i) {
    server = ++servers
    s_place[server] = place(file, i)
    s_file[server] = file
    s_line[server] = end_line[file, i]
    s_column[server] = end_column[file, i]
    s_indent[server] = leading_blanks(text[file, line[file, i, 1]]) "    "
}

function leading_blanks(row) {
    match(row, /^[ \t]*/)
    return substr(row, 1, RLENGTH)
}

# The names that are ours alone: whoever else defines one would win silently, or fail.
function note_definition(file, i,    name) {
    name = word[file, i, 1] == "upstream" ? word[file, i, 2] : word[file, i, 3]
    if (name == "pushgate" || name ~ /^\$pushgate_/) note_taken(file, i, name)
}

function note_taken(file, i, name) { taken[++takens] = real[file] "\t" place(file, i) "\t" name }

function note_directive(file, i, context, name,    k) {
    if (context == "" || context == "events") { if (!(name in setting)) setting[name] = word[file, i, 2] }
    else if (context == "http") note_http_directive(file, i, name)
    else if (context == "http/server") note_server_directive(file, i, name)
    else if (context == "http/server/location" && name == "return" && location_modifier !~ /=|~/ && location_path == "/" && leads_away(file, i))
        s_return[server] = place(file, i)
}

function note_http_directive(file, i, name,    k) {
    if (name == "access_log" && !("access_log" in setting)) setting["access_log"] = word[file, i, 2]
    if (name == "log_format" && word[file, i, 2] == "pushgate") note_taken(file, i, "log_format pushgate")
    if (name !~ /^limit_(conn|req)_zone$/) return
    for (k = 2; k <= words[file, i]; k++) {
        if (word[file, i, k] ~ /^zone=pushgate_/) note_taken(file, i, word[file, i, k])
    }
}

function note_server_directive(file, i, name) {
    if (name == "listen") note_listen(file, i)
    else if (name == "server_name") note_names(file, i)
    else if (name == "ssl" && word[file, i, 2] == "on") s_ssl[server] = 1
    else if (name == "return" || (name == "rewrite" && redirects(file, i))) s_return[server] = place(file, i)
    else if (name == "rewrite") s_before[server] = s_before[server] place(file, i) " rewrite\n"
}

# A return to a whole address: "/" may well send who comes there to "/ui/".
function leads_away(file, i,    target) {
    target = word[file, i, words[file, i]]
    return target ~ /^(https?:|\$scheme:|\/\/)/
}

# A rewrite that sends everything to another address.
function redirects(file, i,    target) {
    target = word[file, i, 3]
    return (target ~ /^(https?:|\$scheme:)/ || word[file, i, 4] ~ /^(permanent|redirect)$/) \
        && word[file, i, 2] ~ /^\^?(\/?\(?\.\*\)?)?\/?\$?$/
}

function note_names(file, i,    k) {
    for (k = 2; k <= words[file, i]; k++) s_name[server, ++s_names[server]] = word[file, i, k] == "$hostname" ? hostname : word[file, i, k]
    if (file != s_file[server]) return
    s_line[server] = end_line[file, i]
    s_column[server] = end_column[file, i]
    s_indent[server] = leading_blanks(text[file, line[file, i, 1]])
}

function note_listen(file, i,    k, options, address, port, last) {
    for (k = 3; k <= words[file, i]; k++) options = options " " word[file, i, k]
    options = options " "
    address = word[file, i, 2]
    if (address ~ /^unix:/ || options ~ / quic /) {
        s_deaf[server] = 1
        return
    }
    port = plain_port
    if (address ~ /^[0-9]+(-[0-9]+)?$/) { port = address; address = "*" }
    else if (match(address, /:[0-9]+(-[0-9]+)?$/)) {
        port = substr(address, RSTART + 1)
        address = substr(address, 1, RSTART - 1)
    }
    if (address == "0.0.0.0") address = "*"
    last = port
    sub(/^[0-9]+-/, "", last)
    for (k = port + 0; k <= last + 0; k++) note_socket(tolower(address), k, options)
}

# A socket has the options that any server gave it; the first server is its default until one says so.
function note_socket(address, port, options,    key) {
    key = address "\t" port
    if (!(key in k_default)) {
        socket[++sockets] = key
        k_default[key] = server
    }
    if (options ~ / default(_server)? /) k_default[key] = server
    if (options ~ / ssl /) k_ssl[key] = 1
    if (options ~ / proxy_protocol /) k_proxy[key] = 1
    if (options ~ / ipv6only=off /) k_dual[key] = 1
    if (!((key, server) in k_listens)) {
        k_listens[key, server] = 1
        k_server[key, ++k_servers[key]] = server
    }
}

# Splits a location's words into its modifier and its path, which may be written without a blank.
function read_location(file, i) {
    location_path = word[file, i, words[file, i]]
    location_modifier = words[file, i] > 2 ? word[file, i, 2] : ""
    if (words[file, i] == 2 && match(location_path, /^(=|\^~|~\*|~)/)) {
        location_modifier = substr(location_path, 1, RLENGTH)
        location_path = substr(location_path, RLENGTH + 1)
    }
}

# "same": one that nginx refuses beside ours, which are "^~ PATH/" and "= PATH". "beside": one of our
# paths that may stand there, and gets no request any more. A regex is one only where it takes nothing else:
# with the name's end in it, by a slash or by its own, and no other branch behind it.
function kind_of_location(    exact, path) {
    if (location_modifier ~ /^~/) {
        path = location_path
        gsub(/\\\//, "/", path)
        if (!match(path, /^\^\/api\/v1\/notifications\/((ws|sse|ack|probe)|\((\?:)?(ws|sse|ack|probe)(\|(ws|sse|ack|probe))*\))/)) return ""
        return substr(path, RLENGTH + 1) ~ /^(\$|\/\??\$|\((\?:)?(\/\|\$|\$\|\/)\)|\/([^?*{|][^|]*)?)$/ ? "beside" : ""
    }
    if (location_path !~ /^\/api\/v1\/notifications\/(ws|sse|ack|probe)\/?$/) return ""
    exact = (location_modifier == "=")
    return exact != (location_path ~ /\/$/) ? "same" : "beside"
}

# The hand-made ones, but not those of our own snippet.
function note_location(file, first, last,    whole, kind) {
    read_location(file, first)
    kind = kind_of_location()
    if (kind == "" || real[file] == resolved(snippet)) return
    whole = text[file, line[file, first, 1]] ~ /^[ \t]*location/ \
        && substr(text[file, end_line[file, last]], end_column[file, last] + 1) ~ /^[ \t\r]*(#.*)?$/
    old[++olds] = server
    o_kind[olds] = whole ? kind : kind "-entangled"
    o_file[olds] = file
    o_first[olds] = line[file, first, 1]
    o_last[olds] = end_line[file, last]
}
