#!/usr/bin/env bash
# The entrypoint of a PrairieLearn external grader, in the image of docs/service/Dockerfile.
root=${GRADE_ROOT:-/grade}
workbook=$(dirname "$(readlink -f "$0")")/../..

mkdir -p "$root/results"
node "$workbook/runner/start.cjs" check \
  --dir "$root/student" --prairielearn="$root/results/results.json"

# 0 and 1 speak of the files. Anything else is no grade: there are no results, and PrairieLearn says so.
[ $? -le 1 ]
