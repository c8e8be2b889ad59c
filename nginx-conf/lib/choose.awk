# Chooses the server blocks that serve a host (and a port, where one is given) by nginx's own rules, and
# prints what the installer goes by, one fact a line, its fields separated by tabs:
#
#   setting  NAME VALUE             of the main and events context; and http's access_log
#   file     NAME REALFILE          what is really loaded; a comment may look as if nginx named another
#   http     REALFILE LINE COLUMN   where a line of http goes, before every server
#   include  PATTERN FIRST          of http itself; FIRST where it comes before the chosen servers
#   taken    REALFILE PLACE NAME    somebody defines a name of ours
#   host     NAME                   a name that some server has, where no host was given
#   socket   ADDRESS PORT DUAL      every one that nginx listens on; DUAL where [::] takes IPv4 too
#   serves   ADDRESS PORT TLS PROXY NAME PLACE    a socket, the chosen server behind it, by which name
#   edit     REALFILE LINE COLUMN INDENT PLACE    where a chosen server takes the include line; ">" is a tab
#   has      PLACE INCLUDEPLACE     a chosen server that includes our snippet already
#   skip     PLACE WHY              a server that serves the host but answers all by itself
#   shadow   ADDRESS PORT PLACE     a socket of its own address, where another server gets the host
#   before   PLACE WHAT             what a chosen server does before any location
#   unjudged NAME                   a server name whose regex awk can't match
#   old      KIND REALFILE FIRST LAST PLACE       a hand-made location of our paths in a chosen server
#
#   host, port     what to look for; an empty port is every one
#   only           a real path: servers of other files don't count
#   ours           where no host is given: all servers that include our snippet
#   hostname       what "server_name $hostname" means
#   plain_port     what "listen" without a port means: 80, or 8000 for who isn't root

BEGIN {
    OFS = "\t"
    load_list(loaded)
    walk(main, 1, "")
    for (name in setting) print "setting", name, setting[name]
    for (name in walked) print "file", name, real[name]
    print "http", real[http_file], http_line, http_column
    for (i = 1; i <= takens; i++) print "taken", taken[i]
    listen_by_default()
    for (i = 1; i <= sockets; i++) print "socket", socket[i], k_dual[socket[i]] + 0
    if (host != "") choose(tolower(host))
    else if (only != "" || ours) take_all()
    else list_hosts()
    tell_chosen()
    for (i = 1; i <= http_includes; i++) print "include", http_include[i], comes_first(i)
}

# Whether what an include of http brings in under our name is read before every chosen server.
function comes_first(i,    s, folder) {
    folder = http_include[i]
    sub(/[^\/]*$/, "", folder)
    for (s = 1; s <= servers; s++) {
        if (!taken_server[s]) continue
        if (s <= servers_before[i] || index(s_file[s], folder) == 1 && s_file[s] < folder "00-pushgate.conf") return 0
    }
    return 1
}

function listen_by_default() {
    for (server = 1; server <= servers; server++) {
        heard = 0
        for (i = 1; i <= sockets; i++) if ((socket[i], server) in k_listens) heard = 1
        if (!heard && !s_deaf[server]) note_socket("*", plain_port, " ")
    }
}

function list_hosts(    s, k, seen) {
    for (s = 1; s <= servers; s++) {
        if (s_return[s]) continue
        for (k = 1; k <= s_names[s]; k++) {
            if (s_name[s, k] !~ /^(_|)$/ && !seen[s_name[s, k]]++) print "host", s_name[s, k]
        }
    }
}

# Each socket asks its own servers, the address being decided before the name. Where some socket knows the
# name, those that would answer for it only as their default aren't meant; where none does, they are.
function choose(name,    i, named) {
    for (i = 1; i <= sockets; i++) {
        if (!wanted(i)) continue
        chosen[i] = best(socket[i], name)
        chosen_how[i] = best_name
        if (best_name != "default") named[port_of(i)] = named["any"] = 1
    }
    for (i = 1; i <= sockets; i++) {
        if (!chosen[i]) continue
        if (chosen_how[i] != "default" || !named["any"]) take(i, chosen[i], chosen_how[i])
        else if (named[port_of(i)]) print "shadow", socket[i], s_place[chosen[i]]
    }
}

function port_of(i,    part) {
    split(socket[i], part, "\t")
    return part[2]
}

function wanted(i) { return port == "" || port_of(i) == port }

# Every server of a file, or with our line in it, by its first name, wherever it listens.
function take_all(    i, k, s) {
    for (i = 1; i <= sockets; i++) {
        if (!wanted(i)) continue
        for (k = 1; k <= k_servers[socket[i]]; k++) {
            s = k_server[socket[i], k]
            if (s_ours[s] || !ours) take(i, s, s_names[s] ? s_name[s, 1] : "default")
        }
    }
}

function take(i, s, how) {
    if (only != "" && real[s_file[s]] != only) return
    if (s_return[s]) {
        if (!told[s]++) print "skip", s_place[s], s_return[s]
        return
    }
    print "serves", socket[i], (k_ssl[socket[i]] || s_ssl[s]) + 0, k_proxy[socket[i]] + 0, (how == "" ? "default" : how), s_place[s]
    taken_server[s] = 1
}

function tell_chosen(    s, k, n, row) {
    for (s = 1; s <= servers; s++) {
        if (!taken_server[s]) continue
        if (s_ours[s]) print "has", s_place[s], s_ours[s]
        else print "edit", real[s_file[s]], s_line[s], s_column[s], blanks(s_indent[s]), s_place[s]
        n = split(s_before[s], row, "\n")
        for (k = 1; k < n; k++) print "before", row[k]
    }
    for (k = 1; k <= olds; k++) {
        if (taken_server[old[k]]) print "old", o_kind[k] (is_shared(k) ? "-shared" : ""), real[o_file[k]], o_first[k], o_last[k], o_file[k] ":" o_first[k]
    }
}

# Whether a server that does not get ours has the same lines, from a file that both include.
function is_shared(k,    j) {
    for (j = 1; j <= olds; j++) {
        if (taken_server[old[j]] || real[o_file[j]] != real[o_file[k]] || o_first[j] != o_first[k]) continue
        if (real[s_file[old[j]]] != real[s_file[old[k]]] || s_line[old[j]] != s_line[old[k]]) return 1
    }
    return 0
}

function blanks(indent) {
    gsub(/\t/, ">", indent)
    return indent
}

# Exact name, longest *.x, longest x.*, first regex, default. Of two servers with one name the first has it.
function best(key, name,    n, s, k, pattern, found, rank, weight, length_of_best) {
    rank = 0
    best_name = "default"
    for (n = 1; n <= k_servers[key]; n++) {
        s = k_server[key, n]
        for (k = 1; k <= s_names[s]; k++) {
            pattern = s_name[s, k]
            weight = weigh(pattern, name)
            if (weight > rank || weight == rank && rank ~ /^[23]$/ && length(pattern) > length_of_best) {
                rank = weight
                length_of_best = length(pattern)
                found = s
                best_name = pattern
            }
        }
    }
    return found ? found : k_default[key]
}

# 4 exact, 3 *.x, 2 x.*, 1 regex, 0 no match; ".x" is both x and *.x. nginx minds no case, in a regex with
# a capital in it either, and the name is in small letters.
function weigh(pattern, name,    rest) {
    if (pattern ~ /^~/) return judged(pattern) && name ~ tolower(extended_regex(substr(pattern, 2))) ? 1 : 0
    pattern = tolower(pattern)
    sub(/\.$/, "", name)
    if (pattern == name || pattern == "." name) return 4
    if (pattern ~ /^(\*)?\./) {
        rest = pattern
        sub(/^\*/, "", rest)
        return length(name) > length(rest) && substr(name, length(name) - length(rest) + 1) == rest ? 3 : 0
    }
    if (pattern ~ /\.\*$/) {
        rest = substr(pattern, 1, length(pattern) - 1)
        return length(name) > length(rest) && substr(name, 1, length(rest)) == rest ? 2 : 0
    }
    return 0
}

# What server names use of PCRE, in the regexes that awk knows.
function extended_regex(pattern) {
    gsub(/\(\?P?<[A-Za-z_][A-Za-z0-9_]*>/, "(", pattern)
    gsub(/\(\?:/, "(", pattern)
    gsub(/\\d/, "[0-9]", pattern)
    gsub(/\\w/, "[A-Za-z0-9_]", pattern)
    gsub(/\\-/, "-", pattern)
    gsub(/\+\?/, "+", pattern)
    gsub(/\*\?/, "*", pattern)
    return pattern
}

# What goes beyond that matches nothing here; --site then names the file, and the handshake judges.
function judged(pattern) {
    if (extended_regex(pattern) !~ /\(\?|\\[A-Za-z]|\{/) return 1
    if (!unjudged[pattern]++) print "unjudged", pattern
    return 0
}
