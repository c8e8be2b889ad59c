# Prints the named file with every absolute include made one below "root", where the staged copy lies.
#
#   name, root

BEGIN {
    read_file(name)
    for (i = 1; i <= directives[name]; i++) {
        if (word[name, i, 1] != "include" || word[name, i, 2] !~ /^\//) continue
        n = line[name, i, 2]
        cuts[n, ++count[n]] = column[name, i, 2] + (substr(text[name, n], column[name, i, 2], 1) ~ /["']/)
    }
    for (n = 1; (name, n) in text; n++) {
        done = 0
        for (k = 1; k <= count[n]; k++) {
            printf "%s%s", substr(text[name, n], done + 1, cuts[n, k] - 1 - done), root
            done = cuts[n, k] - 1
        }
        print substr(text[name, n], done + 1)
    }
}
