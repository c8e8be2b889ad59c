// The command lines that push to a user, ready to be pasted into a POSIX shell.

/** Quotes any text as one word: inside single quotes only the single quote itself is special. */
function quote(text) {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** @param ingress host:port of the ingress port, IPv6 in brackets */
export function commands(user, ingress) {
  const { host, port } = /^\[?(?<host>.*?)\]?:(?<port>\d+)$/.exec(ingress).groups;
  const line = JSON.stringify({ op: 'push', to: user, data: 'Hello' });
  const body = JSON.stringify({ to: user, data: 'Hello' });
  return {
    // The line may hold what printf reads as a format, so it is an argument. -w ends nc, which
    // otherwise stays for more answers.
    nc: `printf '%s\\n' \\\n  ${quote(line)} \\\n  | nc -w 3 ${host} ${port}`,
    curl: `curl http://${ingress}/push \\\n  -d ${quote(body)}`,
  };
}
