# Sourced: what the benchmarks need of the machine. need_tools SCRIPT ARGS: with --help among them, help is enough.
need_tools() {
  local script=$1 tool missing=""
  shift
  case " $* " in
    *' -h '* | *' --help '*) exec python3 -B "$here/lib/$script" "$@" ;;
  esac
  for tool in python3 wrk psql pgbench npm unzip xz; do
    command -v "$tool" >/dev/null || missing="$missing $tool"
  done
  [ -z "$missing" ] && return
  echo "Missing:$missing. Install them:" >&2
  echo "  apt-get install python3 wrk postgresql postgresql-client npm unzip xz-utils" >&2
  exit 1
}
