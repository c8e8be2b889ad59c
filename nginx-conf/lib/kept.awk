# Prints what an installed file says of the gateway, to be kept:
#
#   server ADDRESS     of the upstream that is ours
#   lost TEXT          a server of it with more than we write, which a new file would drop
#
#   file     the installed file

BEGIN {
    read_file(file)
    for (i = 1; i <= directives[file]; i++) {
        if (ending[file, i] == "{") inside = (word[file, i, 1] == "upstream" && word[file, i, 2] == "pushgate")
        else if (ending[file, i] == "}") inside = 0
        else if (inside && word[file, i, 1] == "server") keep_server(i)
    }
}

function keep_server(i,    k, whole, more) {
    whole = "server"
    for (k = 2; k <= words[file, i]; k++) {
        whole = whole " " word[file, i, k]
        if (k > 2 && word[file, i, k] !~ /^(max_fails=[03]|fail_timeout=5s)$/) more = 1
    }
    print more ? "lost " whole ";" : "server " word[file, i, 2]
}
