# All or nothing. Each run that writes has a directory of its own below --backup-dir, outside of all that
# nginx includes:
#
#   conf       the main file it belongs to
#   manifest   one line a step: kind, path, existed (1, 0), mode, owner, checksum before and after, number
#   backwards  the same from its end, so that the way back needs no room on any disk to begin with
#   files/N    what was there before
#   sockets, routes      where to ask, and what answered before, where nginx was running
#   state      open, reloading: under way, or killed; done; restored; undone: by --rollback; undo
#
# A file is put back only where it holds what the run wrote: what somebody wrote since is never
# overwritten.

# nginx would load a backup as a part of its configuration.
check_backups() {
    [ -n "${conf%/*}" ] || return 0
    case $(readlink -m -- "$backups" 2> /dev/null || real_path "$backups")/ in
        "$(readlink -f -- "${conf%/*}")"/*) refuse "--backup-dir $backups is where nginx's own files are" ;;
    esac
}

# One run at a time. flock's lock ends with the process; where there is no flock, the link names one.
take_lock() {
    [ -d "$backups" ] || { mkdir -p "$backups" && chmod 700 "$backups"; }
    until_deadline 30 try_lock || refuse "another run holds $backups/lock"
}

try_lock() {
    if command -v flock > /dev/null; then
        exec 8> "$backups/lock"
        flock -n 8
    else
        holder=$(readlink "$backups/lock.pid") && [ ! -d "/proc/$holder" ] && rm -f "$backups/lock.pid"
        ln -s $$ "$backups/lock.pid" 2> /dev/null
    fi
}

release_lock() {
    [ "$(readlink "$backups/lock.pid")" != $$ ] || rm -f "$backups/lock.pid"
}

# Writes to the disk, not only to its cache; not every sync takes a file.
flush() { sync "$@" 2> /dev/null || sync; }

set_state() {
    say "$2" > "$1/.state.tmp" && flush "$1/.state.tmp" && mv "$1/.state.tmp" "$1/state"
}

state_of() { cat "$1/state" 2> /dev/null || true; }

backwards() { sed '1!G; h; $!d' "$1"; }

# The runs of this configuration, oldest first.
our_runs() {
    for run in "$backups"/[0-9]*Z*; do
        if [ -f "$run/conf" ] && same_file "$(cat "$run/conf")" "$conf"; then say "$run"; fi
    done
}

# Of runs that count, what they wrote and made.
earlier_files() { earlier_steps put; }
earlier_directories() { earlier_steps mkdir; }
earlier_steps() {
    our_runs | while read -r run; do
        [ "$(state_of "$run")" != done ] || awk -F '\t' -v kind="$1" '$1 == kind { print $2 }' "$run/manifest"
    done | sort -u
}

# Copies what the plan changes. The directory gets its name when it is whole, and from then on stands for
# the run: who finds it in the state "open" knows how to put everything back.
open_transaction() {
    run=$backups/.unfinished unfinished=$backups/.unfinished
    mkdir -m 700 "$run" "$run/files"
    written=0
    number=0
    while IFS="$TAB" read -r kind real content name planned_from; do
        number=$((number + 1))
        copy_before
    done < "$plan" > "$run/manifest"
    backwards "$run/manifest" > "$run/backwards"
    say "$conf" > "$run/conf"
    say open > "$run/state"
    [ -z "$master" ] || cp "$work/sockets" "$work/routes" "$run"
    flush "$run"/*/* "$run"/*
    step copied
    id=$(date -u +%Y%m%dT%H%M%SZ)
    [ ! -e "$backups/$id" ] || id=$id-$$
    mv "$run" "$backups/$id"
    run=$backups/$id unfinished=''
    transaction=open
    step opened
}

copy_before() {
    existed=0 mode=- owner=- before=- after=-
    if [ -e "$real" ]; then
        existed=1
        mode=$(stat -c %a "$real")
        owner=$(stat -c %u:%g "$real")
    fi
    if [ -f "$real" ]; then
        cp -a "$real" "$run/files/$number"
        before=$(checksum < "$run/files/$number")
    fi
    [ "$before" = "$planned_from" ] || fail_overtaken
    [ "$kind" != put ] || after=$(checksum < "$content")
    printf '%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n' "$kind" "$real" $existed "$mode" "$owner" "$before" "$after" $number
}

# "written" is the last step that may have been done, and the way back begins there.
write_plan() {
    number=0
    while IFS="$TAB" read -r kind real content name planned_from; do
        number=$((number + 1))
        case $kind in
            put) replace "$real" "$content" ;;
            drop) may_write && rm "$real" ;;
            mkdir) may_write && mkdir "$real" ;;
            rmdir) may_write && { rmdir "$real" 2> /dev/null || true; } ;;
        esac || fail_step
        step written-$number
    done < "$plan"
}

# The new text under a name that no include's wildcard matches, with the old file's owner, mode and
# label; then, whole and on the disk, in its place. A full disk may show only when it is read again.
replace() {
    beside=${1%/*}/.${1##*/}.pushgate.tmp
    if [ -e "$1" ]; then
        cp -a "$1" "$beside" && cat "$2" > "$beside"
    else
        cp -a "$2" "$beside" && label "$beside"
    fi && flush "$beside" && cmp -s "$2" "$beside" && may_write && mv "$beside" "$1"
}

# Whether the file is still the one that the plan was made from.
may_write() { is_as_planned && written=$number; }
is_as_planned() { [ "$(checksum_now "$real")" = "$planned_from" ]; }

fail_step() {
    is_as_planned || fail_overtaken
    fail "can't write $real"
}

# Whoever edits a file while this runs does so for good: what was planned from the older text is void.
fail_overtaken() { fail "somebody else changed $real meanwhile; run this again"; }

# A new file's label for SELinux, where there is such a thing.
label() { ! command -v restorecon > /dev/null || restorecon "$1" || true; }

# Puts everything back, last first. Where a file holds neither what was there nor what was written, all of
# it stays: a half of it could be worse than either.
restore() {
    [ "$(wc -l < "$1/backwards")" = "$(wc -l < "$1/manifest")" ] || return 1
    strange=$(list_strange "$1/backwards")
    if [ -n "$strange" ]; then
        warn "changed by somebody else meanwhile, so that everything stays as it is:
$strange"
        return 1
    fi
    restored=0
    while IFS="$TAB" read -r kind path existed mode owner before after number; do
        rm -f "${path%/*}/.${path##*/}.pushgate.tmp"
        was_reached || continue
        restore_step "$1" || return 1
        restored=$((restored + 1))
        step restored-$restored
    done < "$1/backwards"
    unlike=$(list_unlike "$1/backwards")
    [ -z "$unlike" ] || {
        warn "not as it was:
$unlike"
        return 1
    }
}

# What should hold what was there before, and does not.
list_unlike() {
    while IFS="$TAB" read -r kind path existed mode owner before after number; do
        was_reached || continue
        case $kind in
            put | drop) [ "$(checksum_now "$path")" = "$before" ] || say "    $path" ;;
        esac
    done < "$1"
}

# Of a run that was killed nobody knows how far it came.
was_reached() { [ -z "$written" ] || [ "$number" -le "$written" ]; }

list_strange() {
    while IFS="$TAB" read -r kind path existed mode owner before after number; do
        was_reached || continue
        case $kind/$(checksum_now "$path") in
            mkdir/* | rmdir/* | */"$before" | */"$after") ;;
            *) say "    $path" ;;
        esac
    done < "$1"
}

restore_step() {
    case $kind/$existed in
        mkdir/*) rmdir "$path" 2> /dev/null || true ;;
        rmdir/*) [ -d "$path" ] || mkdir "$path" ;;
        */0) rm -f "$path" ;;
        */1) [ "$(checksum_now "$path")" = "$before" ] || replace_by_copy "$1/files/$number" "$path" ;;
    esac
}

checksum_now() {
    if [ -f "$1" ]; then checksum < "$1"; else say -; fi
}

replace_by_copy() {
    beside=${2%/*}/.${2##*/}.pushgate.tmp
    cp -a "$1" "$beside" && flush "$beside" && cmp -s "$1" "$beside" && mv "$beside" "$2"
}

# The files of a manifest that don't hold what that run wrote.
list_changed() {
    while IFS="$TAB" read -r kind path existed mode owner before after number; do
        case $kind in
            put | drop) [ "$(checksum_now "$path")" = "$after" ] || say "    $path" ;;
        esac
    done < "$1"
}

# What a run that was killed left half done is put back before anything else.
mend() {
    rm -rf "$backups/.unfinished"
    our_runs > "$work/runs"
    while read -r run; do
        state=$(state_of "$run")
        case $state in
            open | reloading) mend_run ;;
        esac
    done < "$work/runs"
}

mend_run() {
    say "mending: ${run##*/} was broken off; putting everything back"
    : > "$work/sockets"
    : > "$work/routes"
    [ ! -f "$run/routes" ] || cp "$run/sockets" "$run/routes" "$work"
    if [ "$state" = reloading ] && [ -n "$master" ]; then
        until_deadline 3 is_settled || true
    fi
    mended=1
    # One of an older version has no way back written down.
    [ -f "$run/backwards" ] || {
        backwards "$run/manifest" > "$run/.backwards.tmp" && mv "$run/.backwards.tmp" "$run/backwards"
    } || refuse "can't write $run/backwards; nothing was mended"
    if ! restore "$run"; then
        print_manual_commands >&2
        refuse "a half-done run can't be put back whole. Put the files in order; then: rm -r $run"
    fi
    if [ -n "$master" ] && may_be_loaded; then
        back_to_routes || warn "nginx does not answer as before: $(cat "$work/back.err")"
    fi
    set_state "$run" restored
}

# Whether nginx may run with what was half done: it was told to, or started with it, or anybody else's
# reload took it in.
may_be_loaded() { [ "$state" = reloading ] || [ ! -f "$run/routes" ] || ! routes_are_as_before; }

# Undoes this run. Exit code 4 where all is as before, 5 where not.
roll_back() {
    say "rolling back"
    clean=1
    transaction=''
    # One that somebody ended meanwhile has nothing to load, and starts with what is put back.
    [ -z "$reloading" ] || until_deadline 5 find_master_again || {
        warn "nginx no longer runs"
        reloading='' settling=''
    }
    [ -z "$settling" ] || until_deadline 10 is_settled
    if ! restore "$run"; then
        clean=0
    elif [ -n "$started" ]; then
        stop_nginx || clean=0
    elif [ -n "$reloading" ]; then
        back_to_routes || clean=0
        sites_are_as_before || warn "the files are as they were; what was loaded with them is not ours"
    fi
    if [ $clean = 1 ]; then
        set_state "$run" restored
        say "rolled back: everything is as it was"
        return 4
    fi
    [ ! -s "$work/back.err" ] || quote "$work/back.err" >&2
    print_manual_commands >&2
    return 5
}

# Whether a reload that was asked for has taken place. Until then, what answers as before might be what a
# reload is about to replace.
is_settled() {
    [ -n "$(new_emergencies)" ] || ! routes_are_as_before
}

# Loads what was put back, and waits until it answers.
back_to_routes() {
    run_nginx -t > "$work/back.err" 2>&1 && reload_nginx && until_deadline 10 routes_are_as_before
}

print_manual_commands() {
    say "by hand, as root:"
    while IFS="$TAB" read -r kind path existed mode owner before after number; do
        case $kind/$existed in
            put/1 | drop/1) say "    cp -a $(shell_word "$run/files/$number") $(shell_word "$path")" ;;
            put/0) say "    rm $(shell_word "$path")" ;;
            mkdir/*) say "    rmdir $(shell_word "$path")" ;;
        esac
    done < "$run/backwards"
    say "    $(nginx_command) -t && $(nginx_command) -s reload"
    say "    rm -r $(shell_word "$run")"
}

# The newest ten are enough; but a directory that is ours has to be known as such to the end.
prune() {
    our_runs > "$work/runs"
    surplus=$(($(wc -l < "$work/runs") - 10))
    [ $surplus -gt 0 ] || return 0
    head -n $surplus "$work/runs" | while read -r old; do
        made_what_is_there "$old" || rm -rf "$old"
    done
}

made_what_is_there() {
    [ "$(state_of "$1")" = done ] || return 1
    awk -F '\t' '$1 == "mkdir" { print $2 }' "$1/manifest" | while read -r directory; do
        if [ -d "$directory" ]; then say "$directory"; fi
    done | grep -q .
}
