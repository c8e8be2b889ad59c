# Prints the named file with our marked lines: put in (how=add, by the operations in the file ops, in
# their order), or taken out (how=remove), so that what was put in and taken out is the file as it was.
#
#   insert LINE COLUMN INDENT TEXT     behind that place; ">" in the indent is a tab
#   adopt FIRST LAST                   comments these lines out
#   unended     whether the file's last line has no line break

BEGIN {
    MANAGED = " # pushgate (managed)"
    SPLIT = " # pushgate (managed, split)"      # the line around it was one before
    ADOPTED = "#pushgate-adopted# "
    while (how == "add" && (getline row < ops) > 0) {
        split(row, part, "\t")
        if (part[1] == "adopt") for (n = part[2] + 0; n <= part[3] + 0; n++) adopted[n] = 1
        else {
            k = ++inserts[part[2]]
            at[part[2], k] = part[3]
            gsub(/>/, "\t", part[4])
            add[part[2], k] = part[4] part[5]
        }
    }
}

how == "add" {
    done = 0
    for (k = 1; k <= inserts[NR]; k++) {
        rest = substr($0, at[NR, k] + 1)
        if (rest ~ /^[ \t\r]*(#.*)?$/) { put_line(substr($0, done + 1)); put_line(add[NR, k] MANAGED); done = -1 }
        else { put_line(substr($0, done + 1, at[NR, k] - done)); put_line(add[NR, k] SPLIT); done = at[NR, k] }
    }
    if (done >= 0) put_line((adopted[NR] ? ADOPTED : "") substr($0, done + 1))
    next
}

# Editors that end lines otherwise, or with blanks, don't make them theirs.
/ # pushgate \(managed, split\)[ \t\r]*$/ { join = 1; next }
/ # pushgate \(managed\)[ \t\r]*$/ { next }
{
    if (index($0, ADOPTED) == 1) $0 = substr($0, length(ADOPTED) + 1)
    if (join) printf "%s", $0
    else put_line($0)
    join = 0
}

END { if (NR && !unended) printf "\n" }

# The break stands before a line, since whether the last one has one behind it is not ours to change.
function put_line(row) {
    printf "%s%s", (begun++ ? "\n" : ""), row
}
