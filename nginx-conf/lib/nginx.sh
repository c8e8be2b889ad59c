# Finds the nginx that runs and talks to it. Sets: nginx (the program), conf (its main file), prefix and
# error_option (what its master was started with, or empty), master (its process id, or empty),
# version, compiled_prefix, error_log.

# nginx as the running master was started, so that both mean the same files.
run_nginx() {
    "$nginx" ${prefix:+-p "$prefix"} -c "$conf" ${error_option:+-e "$error_option"} "$@"
}

find_nginx() {
    nginx='' conf='' prefix='' error_option='' master=''
    find_master
    if [ -z "$master" ]; then
        # Those looked at were others, and what they were started with is theirs.
        prefix='' error_option=''
        nginx=${option_nginx:-$(find_program)}
        [ -n "$nginx" ] || refuse "no nginx found; name its program with --nginx"
        read_build || refuse "$nginx -V: $build"
        conf=${option_nginx_conf:-$(below "$compiled_prefix" "$(build_option conf-path conf/nginx.conf)")}
    fi
    case $conf in
        *[[:space:]]* | *\\*) refuse "$conf: a main file with a blank or a backslash in its path can't be told from nginx's title" ;;
    esac
    [ -r "$conf" ] || refuse "can't read $conf, nginx's main file; name it with --nginx-conf"
    check_rights
    check_version
}

find_program() {
    PATH=$PATH:/usr/sbin:/usr/local/sbin:/usr/local/nginx/sbin:/usr/local/openresty/nginx/sbin \
        command -v nginx || true
}

# Every master shows its command line behind its title. Where the operator names both its main file and
# its program, one of another user is meant, too, if there is none of root's.
find_master() {
    found=0 others='' strangers=''
    for title in $(grep -ls '^nginx: master process' /proc/[0-9]*/cmdline 2> /dev/null); do
        pid=${title#/proc/}
        pid=${pid%/cmdline}
        has_our_files "$pid" || continue
        if is_trusted "$pid"; then consider_master "$pid"; else strangers="$strangers $pid"; fi
    done
    if [ $found = 0 ] && [ -n "$option_nginx_conf" ] && [ -n "$option_nginx" ]; then
        for pid in $strangers; do consider_master "$pid"; done
    fi
    warn_of_strangers
    case $found in
        0) ;;
        1) read_master "$master" ;;
        *) refuse "several nginx are running; say which with --nginx-conf:$others" ;;
    esac
}

consider_master() {
    read_master "$1" && is_meant || return 0
    found=$((found + 1))
    master=$1
    others="$others
    $1: $nginx -c $conf"
}

# Those in containers have other files, and are to be installed to from within. One whose unit gave it a
# mount namespace of its own, as PrivateTmp does, still has the same root.
has_our_files() {
    [ "$(readlink "/proc/$1/ns/mnt")" = "$(readlink /proc/self/ns/mnt)" ] \
        || [ "$(inode_of "/proc/$1/root" 2> /dev/null)" = "$(inode_of /)" ]
}

inode_of() { stat -L -c %d:%i "$1"; }

# A title is whatever a process calls itself, and what stands behind it is about to be run: so it has to
# be root's, or of who runs this, and not only by a program that changes its user.
is_trusted() {
    owners=$(awk '/^Uid:/ { print $2; print $3 }' "/proc/$1/status" 2> /dev/null | sort -u)
    [ "$owners" = 0 ] || [ "$owners" = "$(id -u)" ]
}

warn_of_strangers() {
    for pid in $strangers; do
        [ "$pid" != "$master" ] && is_master "$pid" || continue
        warn "process $pid calls itself an nginx, and is left out, since it is not root's.
    Where it is meant, run this as its user, or name it by --nginx-conf and --nginx"
    done
}

# Sets what the master's command line says; fails where the process is gone. Of one of another user only
# the main file counts, and nothing that it names is run, or opened, with our rights.
read_master() {
    command_line=$({ tr '\0' ' ' < "/proc/$1/cmdline"; } 2> /dev/null) || return 1
    command_line=${command_line#nginx: master process }
    nginx=$(readlink "/proc/$1/exe" 2> /dev/null) || nginx=
    case $nginx in
        '' | *' (deleted)') nginx=${option_nginx:-${command_line%% *}} ;;
    esac
    is_trusted "$1" || nginx=$option_nginx
    nginx=$(command -v "$nginx") && read_build || return 1
    cwd=$(readlink "/proc/$1/cwd" 2> /dev/null) || cwd=/
    prefix=$(master_option p)
    [ -z "$prefix" ] || prefix=$(below "$cwd" "$prefix")
    conf=$(master_option c)
    conf=$(below "${prefix:-$compiled_prefix}" "${conf:-$(build_option conf-path conf/nginx.conf)}")
    error_option=$(master_option e)
    is_trusted "$1" || prefix='' error_option=''
}

# The value of a one-letter option, apart ("-c FILE") or joined ("-cFILE").
master_option() {
    printf '%s\n' "$command_line" | awk -v option="-$1" '{
        for (i = 2; i <= NF; i++) {
            if ($i == option) { print $(i + 1); exit }
            if (index($i, option) == 1 && length($i) > 2) { print substr($i, 3); exit }
        }
    }'
}

# Whether this master is the one that the options speak of.
is_meant() {
    [ -z "$option_nginx_conf" ] || same_file "$conf" "$option_nginx_conf" || return 1
    [ -z "$option_nginx" ] || same_file "$nginx" "$(command -v "$option_nginx")" || return 1
}

same_file() { [ "$(readlink -f -- "$1")" = "$(readlink -f -- "$2")" ]; }

# A path as it is meant in a directory.
below() {
    case $2 in
        /*) printf '%s\n' "$2" ;;
        *) printf '%s/%s\n' "${1%/}" "$2" ;;
    esac
}

read_build() {
    build=$("$nginx" -V 2>&1) || return 1
    version=$(printf '%s\n' "$build" | sed -n 's/^nginx version: [^/]*\/\([0-9.]*\).*/\1/p')
    compiled_prefix=$(build_option prefix /usr/local/nginx)
}

# What nginx was configured with, or else.
build_option() {
    value=$(printf '%s\n' "$build" | sed -n "s/.* --$1=\([^ ]*\).*/\1/p")
    printf '%s\n' "${value:-$2}"
}

# nginx's own check reads private keys and its pid file, so that it says little to anybody else.
check_rights() {
    [ "$(id -u)" != 0 ] || return 0
    [ -n "$master" ] && [ -O "/proc/$master" ] || refuse "run it as root, who may check and reload nginx"
}

# proxy_socket_keepalive is of 1.15.6, and ours would not load without it.
check_version() {
    printf '%s\n' "$version" | awk -F . '{ exit !($1 * 1000000 + $2 * 1000 + $3 >= 1015006) }' \
        || refuse "nginx ${version:-of unknown version} is too old: 1.15.8 or newer is needed"
}

# Lists what nginx loads into $loaded, and what it warns of already. A broken configuration stays as it is.
read_configuration() {
    if ! run_nginx -T -q > "$work/dump" 2> "$work/before.err"; then
        quote "$work/before.err" >&2
        refuse "nginx -t fails already, before anything was changed; mend that first"
    fi
    sed -n 's/^# configuration file \(.*\):$/\1/p' "$work/dump" > "$work/names"
    head -n 1 "$work/names" > "$work/main"
    read -r conf < "$work/main"
    sort -u "$work/names" | while IFS= read -r name; do
        [ -f "$name" ] || continue
        printf '%s\t%s\t%s\n' "$name" "$(readlink -f -- "$name")" "$(checksum < "$name")"
    done > "$loaded"
    home=${conf%/*}
    awk -F '\t' 'NF != 3 || /[\\]| (\t|$)/' "$loaded" > "$work/odd"
    [ ! -s "$work/odd" ] || refuse "names with a backslash, a tab or a blank at their end can't be worked with; rename:
$(cut -f 1 "$work/odd" | quote)"
}

# A warning that was not there before is a finding, and one of them says that a server is left out.
# $1: what nginx said; $2: where a staged copy lies, which stands before every path; empty where none does.
judge_warnings() {
    for said in "$work/before.err" "$1"; do
        grep -F '[warn]' "$said" | sed "${2:+s|$2||g;} s/^.*\[warn\] [0-9#: ]*//; s/:[0-9]*\$//" \
            | sort -u > "$said.warnings" || true
    done
    grep -vxF -f "$work/before.err.warnings" "$1.warnings" > "$work/new_warnings" || true
    [ -s "$work/new_warnings" ] || return 0
    warn "nginx warns of what it did not before:"
    quote "$work/new_warnings" >&2
    ! grep -q 'conflicting server name' "$work/new_warnings"
}

# Where nginx writes what went wrong in a reload, which "nginx -s reload" doesn't tell.
find_error_log() {
    error_log=$(fact setting error_log)
    error_log=${error_log:-${error_option:-$(build_option error-log-path logs/error.log)}}
    case $error_log in
        stderr | syslog:* | memory:*) error_log= ;;
        *) error_log=$(below "${prefix:-$compiled_prefix}" "$error_log") ;;
    esac
    [ -n "$error_log" ] && [ -f "$error_log" ] || error_log=
}

pid_file() {
    named=$(fact setting pid)
    below "${prefix:-$compiled_prefix}" "${named:-$(build_option pid-path logs/nginx.pid)}"
}

# nginx -t leaves an empty one where there was none.
forget_pid_file() {
    [ ! -f "$(pid_file)" ] || find "$(pid_file)" -size 0 -newer "$work/begun" -exec rm {} \;
}

# It makes our log, too, where there was none: for who runs this, so that a master of another user could not
# open it.
give_log() {
    [ -n "$master" ] && [ "$action" = install ] && ! is_trusted "$master" || return 0
    find "$log_file" -type f -size 0 -newer "$work/begun" \
        -exec chown -h "$(stat -c %u:%g "/proc/$master")" {} \; 2> /dev/null || true
}

# Remembers the end of the error log; new_emergencies prints what came behind it.
mark_error_log() {
    marked=0
    [ -z "$error_log" ] || marked=$(wc -c < "$error_log")
}

new_emergencies() {
    [ -z "$error_log" ] || tail -c "+$((marked + 1))" "$error_log" | grep -F '[emerg]' | head -n 5
}

# By systemd where the master is that of a unit, so that both agree; else by the signal that nginx -s reload
# sends, but to the master that was found: a pid file may name another.
reload_nginx() {
    mark_error_log
    until_deadline 5 find_master_again || return 1
    unit=$(unit_of_master)
    if [ -n "$unit" ] && systemctl reload "$unit" > "$work/reload.err" 2>&1; then
        reloaded_by="systemctl reload $unit"
    else
        kill -s HUP "$master" || return 1
        reloaded_by="kill -HUP $master"
    fi
    # On the way back there may be nobody to read it, which is no failure of the reload.
    say "reloaded: $reloaded_by" || true
}

# One that was restarted meanwhile has another number, and its old one may be anybody's by now. In a
# subshell, since what the search says and sets, and refuses, is for its beginning.
find_master_again() {
    ! is_master "$master" || return 0
    again=$(
        option_nginx_conf=$conf master=''
        find_master > /dev/null 2>&1
        say "$master"
    ) || again=''
    [ -n "$again" ] || return 1
    master=$again
}

is_master() { grep -qs '^nginx: master process' "/proc/$1/cmdline"; }

unit_of_master() {
    [ -d /run/systemd/system ] && command -v systemctl > /dev/null || return 0
    unit=$(sed -n 's/.*\/\([^/]*\.service\)$/\1/p' "/proc/$master/cgroup" 2> /dev/null | head -n 1)
    [ -z "$unit" ] || [ "$(systemctl show -p MainPID --value "$unit" 2> /dev/null)" != "$master" ] || say "$unit"
}

# By systemd where its unit means the same files and is down.
start_nginx() {
    if is_main_file && [ -d /run/systemd/system ] && systemctl cat nginx > /dev/null 2>&1 \
        && ! systemctl is-active -q nginx; then
        started=systemctl
        systemctl start nginx > "$work/start.err" 2>&1
    else
        started=nginx
        run_nginx > "$work/start.err" 2>&1 6>&- 7>&- 8>&-
    fi || {
        started=''
        quote "$work/start.err" >&2
        return 1
    }
    say "started: $(nginx_command)"
}

is_main_file() { same_file "$conf" "$(below "$compiled_prefix" "$(build_option conf-path conf/nginx.conf)")"; }

stop_nginx() {
    if [ "$started" = systemctl ]; then systemctl stop nginx; else run_nginx -s stop 2> /dev/null; fi
}

# As an operator would type it.
nginx_command() {
    printf '%s' "$nginx${prefix:+ -p $(shell_word "$prefix")} -c $(shell_word "$conf")"
    printf '%s' "${error_option:+ -e $(shell_word "$error_option")}"
}
