#!/bin/sh
# Puts pushgate's locations into the nginx of this machine, proves by a real handshake that they answer,
# and puts everything back where they don't. README.md beside it says what goes where, and why.
#
# POSIX sh, awk and curl; no systemd, ss or jq needed. main, at the end, is the order of things.
set -eu
# Bytes, and one order of names: the one that nginx reads its includes in.
export LC_ALL=C
umask 022

source=$(dirname -- "$(readlink -f -- "$0")")
lib=$source/lib
. "$lib/report.sh"
. "$lib/nginx.sh"
. "$lib/sites.sh"
. "$lib/plan.sh"
. "$lib/stage.sh"
. "$lib/transaction.sh"
. "$lib/probe.sh"

usage() {
    cat << 'END'
usage: install.sh [--host NAME] [option...]      installs, or brings up to date
       install.sh --rollback [ID] | --uninstall  takes back one run, or everything

which server
  --host NAME         the host name that pages use; may be left out where only one is served
  --port PORT         only servers on this port (every port that serves the host)
  --site FILE         only servers in this file
  --nginx-conf FILE   nginx's main file (what the running master loaded)
  --nginx PROGRAM     nginx itself (what is running)
what is installed
  --gateway HOST:PORT[,HOST:PORT...]   where the gateway listens (as installed, or 127.0.0.1:8000)
  --timeout TIME      how long a connection may be silent (as installed, or 86400s)
  --adopt             comments out an older location for the gateway's path
  --open              publishes a gateway that lets in anybody
how
  --dry-run           says what would be done, as a diff, and touches nothing
  --require-gateway   takes everything back where no gateway answers yet
  --start             starts nginx where it is not running
  --expected-connections N   says what nginx.conf lacks for so many
  --backup-dir DIR    where backups go (/var/backups/pushgate)
  --help

exit code: 0 done, or nothing to do; 1 usage; 2 refused, nothing was touched; 3 installed, but no gateway
answers; 4 failed, and everything is as it was; 5 could not be put back: the commands to do so are printed
END
}

# One option=value a name; sets option_NAME.
set_option() {
    case $1 in
        host | port | site | nginx-conf | nginx | gateway | timeout | expected-connections | backup-dir) ;;
        *) misuse "unknown option --$1" ;;
    esac
    case $2 in
        '') misuse "--$1 needs a value" ;;
        *[[:cntrl:]]*) misuse "--$1 has a line break or the like in its value" ;;
    esac
    eval "option_$(printf %s "$1" | tr - _)=\$2"
}

read_options() {
    action=install option_host='' option_port='' option_site='' option_nginx_conf='' option_nginx=''
    option_adopt='' option_open='' option_dry_run='' option_require_gateway='' option_start=''
    option_expected_connections=''
    option_gateway='' option_timeout='' option_backup_dir=/var/backups/pushgate
    rollback_id='' rollback_of=''
    while [ $# -gt 0 ]; do
        case $1 in
            --help) usage; exit 0 ;;
            --adopt | --open | --dry-run | --require-gateway | --start)
                eval "option_$(printf %s "${1#--}" | tr - _)=1" ;;
            --uninstall) set_action uninstall ;;
            --rollback)
                set_action rollback
                case ${2:-} in [0-9]*) rollback_id=$2; shift ;; esac
                ;;
            --*=*)
                name=${1#--}
                set_option "${name%%=*}" "${1#*=}"
                ;;
            --*)
                set_option "${1#--}" "${2:-}"
                shift
                ;;
            *) misuse "unexpected word: $1" ;;
        esac
        shift
    done
    check_options
}

set_action() {
    [ "$action" = install ] || misuse "--rollback and --uninstall exclude each other"
    action=$1
}

check_options() {
    case $option_port in *[!0-9]*) misuse "--port $option_port is no port" ;; esac
    case $option_expected_connections in *[!0-9]* | ????????*) misuse "--expected-connections wants a number, up to 7 digits" ;; esac
    option_expected_connections=$(printf %s "$option_expected_connections" | sed 's/^0*//')
    case $option_host in *[!A-Za-z0-9._:-]* | -*) misuse "--host $option_host is no host name" ;; esac
    [ "$action" = install ] || [ -z "$option_host$option_port$option_site$option_adopt" ] \
        || misuse "--$action goes by what is installed; no --host, --port, --site or --adopt"
    [ -z "$option_gateway" ] || is_gateway "$option_gateway" \
        || misuse "--gateway $option_gateway is not HOST:PORT[,HOST:PORT...]"
    [ -z "$option_timeout" ] || check_timeout
}

is_gateway() {
    gateway='(\[[0-9A-Fa-f:]+\]|[A-Za-z0-9._-]+):[0-9]+'
    printf '%s\n' "$1" | grep -qE "^$gateway(,$gateway)*\$"
}

# What a time of ours is in seconds, to be reckoned; without the zeros in front, which would make it octal.
seconds_of() {
    printf '%s\n' "$1" | sed -nE 's/^0*([0-9])/\1/
        s/^([0-9]{1,8})s?$/\1/p
        s/^([0-9]{1,6})m$/\1*60/p
        s/^([0-9]{1,5})h$/\1*3600/p
        s/^([0-9]{1,4})d$/\1*86400/p'
}

check_timeout() {
    seconds=$(seconds_of "$option_timeout")
    [ -n "$seconds" ] || misuse "--timeout $option_timeout is no time: 86400s, 90m, 24h, 1d"
    [ $(($seconds)) -ge 50 ] || refuse "--timeout $option_timeout is below twice the gateway's heartbeat of 25s:
    nginx would cut connections that are well"
}

need_programs() {
    for program in awk cat cmp cp curl cut date diff find grep head id ln mkdir mktemp mv readlink rm rmdir \
        sed sha256sum sort stat sync tail tr uname wc; do
        command -v $program > /dev/null || refuse "$program is missing"
    done
}

# Whatever ends this process, but SIGKILL, ends here: an open transaction is put back.
prepare() {
    need_programs
    option_nginx_conf=${option_nginx_conf:+$(below "$PWD" "$option_nginx_conf")}
    option_backup_dir=$(below "$PWD" "$option_backup_dir")
    work=$(mktemp -d) || refuse "there is no room for temporary files; say where by TMPDIR"
    case $work in
        *[!A-Za-z0-9/._+-]* | [!/]*) rmdir -- "$work"; refuse "TMPDIR has to be an absolute path of plain letters: $work" ;;
    esac
    facts=$work/facts loaded=$work/loaded plan=$work/plan backups=$option_backup_dir
    transaction='' unfinished='' run='' written='' reloading='' settling='' started='' asking=''
    answered_before='' only='' stamp='' old_stamp='' error_log='' mended=''
    : > "$work/begun" > "$plan"
    # Where this speaks, also while a part of it writes to a file.
    exec 6>&2 7>&1
    trap 'leave $?' EXIT
    for signal in $SIGNALS; do trap "leave_by $signal" $signal; done
}

# Everything that would end a process, from a terminal that is gone to a limit on its files.
SIGNALS='HUP INT QUIT PIPE TERM ALRM USR1 USR2 VTALRM PROF XCPU XFSZ'

# Not by "exit": a signal that comes while this leaves already would end it then and there.
leave_by() {
    # A reader that is gone, which may be why, is no reason to stay half done, nor to be told so again.
    trap '' $SIGNALS
    set +e
    exec 1>&7 2>&6
    printf 'failed: ended by SIG%s\n' "$1" >&2
    leave 4
}

leave() {
    trap '' $SIGNALS
    trap - EXIT
    code=$1
    # Whatever went wrong, what follows is done to its end, also when nobody is there to read it.
    set +eu
    exec 1>&7 2>&6
    [ -z "$asking" ] || kill -s KILL "$asking" 2> /dev/null
    if [ -n "$transaction" ]; then
        roll_back
        code=$?
    fi
    case $code in
        0 | [2-5]) ;;
        *)
            # What no text of ours was written for: its own message stands above.
            warn "ended by an unforeseen failure (status $code); nothing was touched${mended:+ but what is mended above}"
            code=2
            ;;
    esac
    [ -z "$unfinished" ] || rm -rf "$unfinished"
    release_lock
    [ -n "$master$started" ] || [ ! -s "$facts" ] || forget_pid_file
    rm -rf "$work"
    exit $code
}

# What this run is to change, and which sockets will tell.
make_plan() {
    snippet=$home/snippets/pushgate.conf
    old_stamp=$(stamp_in "$home/snippets/pushgate-proxy.conf")
    case $action in
        install)
            choose_servers
            advise_capacity
            find_http_target
            keep_settings
            check_gateway
            plan_install
            list_sockets ours "$facts" > "$work/sockets"
            [ -s "$work/sockets" ] || refuse "this machine has no address to ask the chosen servers at (IPv6
    without ::1), so that nothing could be proven"
            ;;
        uninstall)
            read_facts "" 1
            plan_uninstall
            ;;
        rollback)
            read_facts "" 1
            find_rollback
            plan_rollback
            ;;
    esac
    find_error_log
}

stamp_in() {
    [ ! -f "$1" ] || sed -n 's/^add_header X-Pushgate-Route "\(.*\)" always;$/\1/p' "$1"
}

find_rollback() {
    our_runs > "$work/runs"
    while read -r run; do
        [ -z "$rollback_id" ] || [ "${run##*/}" = "$rollback_id" ] || continue
        [ "$(state_of "$run")" != done ] || rollback_of=$run
    done < "$work/runs"
    [ -n "$rollback_of" ] || refuse "there is nothing to roll back${rollback_id:+ by the name $rollback_id} in $backups"
    say "rolling back ${rollback_of##*/}"
}

stage_plan() {
    stage_tree
    test_staged
    [ "$action" = install ] || {
        stamp=$(stamp_in "$stage$home/snippets/pushgate-proxy.conf")
        list_sockets_of_change > "$work/sockets"
    }
}

# Nothing to write. What is on disk may still not be what runs.
finish_unchanged() {
    say "unchanged"
    [ "$action" = install ] && [ -n "$master" ] && [ -z "$option_dry_run" ] || exit 0
    if ! prove > "$work/proof"; then
        say "but not live yet"
        reload_nginx || fail "nginx can't be reloaded"
        prove until_deadline 10 > "$work/proof" || fail_unproven
    fi
    cat "$work/proof"
    finish
}

finish_dry_run() {
    show_plan
    say "then: $(nginx_command) -t, reload, handshake at"
    awk '{ print "    " $5 " by " $1 ":" $2 }' "$work/sockets"
    say "nothing was touched"
    exit 0
}

need_running() {
    [ -z "$master" ] || return 0
    pid=$(cat "$(pid_file)" 2> /dev/null) || pid=''
    case " $strangers " in
        *" ${pid:-none} "*) refuse "nginx runs as process $pid, which is not root's: run this as its user, or name it
    by --nginx-conf and --nginx" ;;
    esac
    [ "$action" != install ] || [ -n "$option_start" ] \
        || refuse "nginx is not running with $conf; start it, or have it started by --start"
    [ -n "$option_start" ] || return 0
    ! grep -qs '^nginx: master process' "/proc/${pid:-none}/cmdline" \
        || refuse "$(pid_file) is that of another nginx, which runs as $pid; name another file in $conf by 'pid'"
}

measure() {
    [ -n "$master" ] || return 0
    answered=''
    list_routes > "$work/routes"
    answered_before=$answered
    measure_sites > "$work/measured.before"
}

test_written() {
    run_nginx -t > "$work/after.err" 2>&1 || {
        quote "$work/after.err" >&2
        fail "nginx -t does not take what was written"
    }
    judge_warnings "$work/after.err" "" || fail "a server is left out"
    give_log
}

# Makes nginx load what was written, and believes only what it answers then.
make_live() {
    if [ -n "$master" ]; then
        set_state "$run" reloading
        reloading=1 settling=1
        reload_nginx || fail "nginx can't be reloaded"
    elif [ "$action" = install ]; then
        mark_error_log
        start_nginx || fail "nginx can't be started"
    else
        say "nginx is not running: nothing to reload"
        return
    fi
    step reloaded
    prove until_deadline 10 || { settling='' && fail_unproven; }
    settling=''
    step proven
    # One that was silent may have come up meanwhile, and nobody has judged it yet.
    [ "$action" != install ] || [ -z "$silent" ] || [ -z "$gateway_answers" ] || check_gateway
    [ -z "$reloading" ] || sites_are_as_before || fail "other paths have to answer as before"
    step compared
    [ "$action" != install ] || [ -n "$gateway_answers" ] || [ -z "$answered_before" ] \
        || fail "a gateway answered here before, and none does${option_gateway:+ at $option_gateway}"
    [ -n "$gateway_answers" ] || [ -z "$option_require_gateway" ] \
        || fail "no gateway answers${option_gateway:+ at $option_gateway}, and --require-gateway wants one"
}

fail_unproven() {
    new_emergencies | quote >&2
    fail "$trouble"
}

# From here on it is done, and a signal comes too late.
close_transaction() {
    trap '' $SIGNALS
    case $action in
        rollback)
            set_state "$run" undo
            set_state "$rollback_of" undone
            ;;
        *) set_state "$run" done ;;
    esac
    transaction=''
    # It is done, whether or not anybody is left to read so.
    if [ "$action" = rollback ]; then say "done"; else say "done; undo it by: install.sh --rollback ${run##*/}"; fi || true
    step closed
    prune || warn "older runs can't be removed from $backups"
}

finish() {
    [ -n "${gateway_answers-yes}" ] && exit 0
    warn "installed, but nginx finds no gateway${option_gateway:+ at $option_gateway} that answers (502, 504 or silence); start it there"
    exit 3
}

main() {
    read_options "$@"
    prepare
    find_nginx
    step found
    check_backups
    if [ -z "$option_dry_run" ]; then
        take_lock
        step locked
        mend
        step mended
    fi
    read_configuration
    make_plan
    step planned
    if [ ! -s "$plan" ]; then need_running; finish_unchanged; fi
    stage_plan
    step staged
    [ -z "$option_dry_run" ] || finish_dry_run
    need_running
    measure
    step measured
    open_transaction
    write_plan
    test_written
    step tested
    make_live
    close_transaction
    finish
}

main "$@"
