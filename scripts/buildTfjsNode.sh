#!/usr/bin/env bash
# Builds the native binding of @tensorflow/tfjs-node where its own download host cannot be reached,
# against the libtensorflow that the pip package tensorflow-cpu carries.
#
#   scripts/buildTfjsNode.sh [DIR]     DIR: a folder whose node_modules gets it (default: a cache folder)
#
# Prints the folder of the built package on its last line. Needs pip for Python 3.11, a C++ compiler and about 1.5 GB.
# A second call finds the build and returns at once.
set -euo pipefail
version=4.22.0 tensorflow=2.21.0
cache=${FITCHECK_TF_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/fitcheck-tfjs-node}
dir=${1:-$cache/app}
package=$dir/node_modules/@tensorflow/tfjs-node
mkdir -p "$cache" "$dir"

if [[ ! -f $cache/tensorflow/libtensorflow_cc.so.2 || ! -f $cache/tensorflow/.complete ]]; then
  wheels=$(mktemp -d "$cache/wheel.XXXX")
  trap 'rm -rf "$wheels"' EXIT
  pip download --quiet --retries 0 --no-deps --dest "$wheels" "tensorflow-cpu==$tensorflow" >&2
  python3 - "$wheels" "$cache" <<'PY'
import glob, sys, zipfile
wheel, = glob.glob(sys.argv[1] + "/*.whl")
keep = ("tensorflow/libtensorflow_framework.so.2", "tensorflow/libtensorflow_cc.so.2")
with zipfile.ZipFile(wheel) as z:
    for item in z.infolist():
        if item.filename in keep or item.filename.startswith("tensorflow/include/"):
            z.extract(item, sys.argv[2])
PY
  touch "$cache/tensorflow/.complete"
fi

if ! (cd "$dir" && node -e 'const u=require("util");u.isNullOrUndefined??=(v)=>v==null;require("@tensorflow/tfjs-node")' >/dev/null 2>&1); then
  if [[ ! -f $package/package.json ]]; then
    [[ -f $dir/package.json ]] || echo '{"private":true}' >"$dir/package.json"
    (cd "$dir" && npm install --ignore-scripts --no-save "@tensorflow/tfjs-node@$version" >&2)
  fi
  mkdir -p "$package/deps/lib"
  ln -sfn "$cache/tensorflow/include" "$package/deps/include"
  for name in libtensorflow.so libtensorflow_cc.so.2; do
    ln -sf "$cache/tensorflow/libtensorflow_cc.so.2" "$package/deps/lib/$name"
  done
  for name in libtensorflow_framework.so libtensorflow_framework.so.2; do
    ln -sf "$cache/tensorflow/libtensorflow_framework.so.2" "$package/deps/lib/$name"
  done
  prefix=$(node -p 'require("path").resolve(process.execPath, "../..")')
  [[ ! -f $prefix/include/node/node_api.h ]] || export npm_config_nodedir=$prefix # headers beside node: no download
  pregyp=$(cd "$package" && node -p 'require.resolve("@mapbox/node-pre-gyp/bin/node-pre-gyp")')
  (cd "$package" && node "$pregyp" install --build-from-source >&2)
  (cd "$dir" && node -e 'const u=require("util");u.isNullOrUndefined??=(v)=>v==null;require("@tensorflow/tfjs-node")' >&2)
fi
echo "$package"
