# Reads files of nginx's configuration by nginx's own rules of what a word is (ngx_conf_read_token), so
# that a brace in quotes, in a comment, in ${var} or in Lua is no brace. read_file(name) fills:
#
#   directives[name]          how many there are; a "}" counts as one
#   words[name, i]            how many words the i-th has; word[name, i, k] is the k-th, unquoted
#   ending[name, i]           what ends it: ";", "{" or "}"
#   line[name, i, k], column[name, i, k]     where its k-th word begins
#   end_line[name, i], end_column[name, i]   where its ending stands
#   text[name, n]             the n-th line as it is

function read_file(name,    n, row) {
    if (name in directives) return
    directives[name] = 0
    state = "between"
    begin_directive(name)
    while ((getline row < name) > 0) {
        text[name, ++n] = row
        read_line(name, n, row "\n")
    }
    close(name)
}

function begin_directive(name) {
    words[name, directives[name] + 1] = 0
}

function end_directive(name, n, i, how,    d) {
    d = ++directives[name]
    ending[name, d] = how
    end_line[name, d] = n
    end_column[name, d] = i
    if (how == "{" && word[name, d, 1] ~ /_by_lua_block$/) {
        state = "lua"
        lua_depth = 1
        lua_quote = lua_bracket = ""
    }
    begin_directive(name)
}

function begin_word(name, n, i,    d) {
    d = directives[name] + 1
    words[name, d]++
    line[name, d, words[name, d]] = n
    column[name, d, words[name, d]] = i
    current = ""
}

function end_word(name,    d) {
    d = directives[name] + 1
    word[name, d, words[name, d]] = current
    state = "between"
}

function read_line(name, n, row,    i, c, length_of_row) {
    length_of_row = length(row)
    for (i = 1; i <= length_of_row; i++) {
        c = substr(row, i, 1)
        if (state == "lua") i = read_lua(name, n, row, i, c)
        else if (state == "between") {
            if (c == "#") return
            read_between(name, n, i, c)
        }
        else if (state == "word") read_word(name, n, i, c)
        else read_quoted(name, c)
    }
}

function read_between(name, n, i, c) {
    if (c ~ /[ \t\r\n]/) return
    if (c == ";" || c == "{" || c == "}") {
        end_directive(name, n, i, c)
        return
    }
    begin_word(name, n, i)
    escaped = variable = 0
    if (c == "\"" || c == "'") state = c
    else {
        state = "word"
        read_word(name, n, i, c)
    }
}

# "${" opens a variable and no block; a "}" inside a word is part of it.
function read_word(name, n, i, c) {
    if (escaped) {
        add_escaped(c)
        return
    }
    if (c == "{" && variable) {
        current = current c
        variable = 0
        return
    }
    variable = (c == "$")
    if (c == "\\") escaped = 1
    else if (c ~ /[ \t\r\n]/) end_word(name)
    else if (c == ";" || c == "{") {
        end_word(name)
        end_directive(name, n, i, c)
    }
    else current = current c
}

function read_quoted(name, c) {
    if (escaped) add_escaped(c)
    else if (c == "\\") escaped = 1
    else if (c == state) end_word(name)
    else current = current c
}

# nginx takes the backslash away before these alone; others belong to the word, as in a regex.
function add_escaped(c) {
    escaped = 0
    if (c == "t") current = current "\t"
    else if (c == "r") current = current "\r"
    else if (c == "n") current = current "\n"
    else if (c == "\"" || c == "'" || c == "\\") current = current c
    else current = current "\\" c
}

# A Lua block ends where its braces balance, those in Lua's strings and comments left out. Returns
# the place of the last character that was taken.
function read_lua(name, n, row, i, c,    rest) {
    rest = substr(row, i)
    if (lua_bracket != "") {
        if (index(rest, lua_bracket) != 1) return i
        rest = lua_bracket
        lua_bracket = ""
        return i + length(rest) - 1
    }
    if (lua_quote != "") {
        if (c == "\\") return i + 1
        if (c == lua_quote) lua_quote = ""
        return i
    }
    if (match(rest, /^(--)?\[=*\[/)) {
        lua_bracket = substr(rest, 1, RLENGTH)
        gsub(/-/, "", lua_bracket)
        gsub(/\[/, "]", lua_bracket)
        return i + RLENGTH - 1
    }
    if (index(rest, "--") == 1) return length(row)
    if (c == "\"" || c == "'") lua_quote = c
    else if (c == "{") lua_depth++
    else if (c == "}" && --lua_depth == 0) {
        state = "between"
        end_directive(name, n, i, "}")
    }
    return i
}
