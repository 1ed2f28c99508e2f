#!/usr/bin/env bash
# run_autograder of a Gradescope autograder: grades one submission.
root=${AUTOGRADER_ROOT:-/autograder}

node "$root/source/workbook/runner/start.cjs" check \
  --dir "$root/submission" --gradescope="$root/results/results.json"

# 0 and 1 speak of the files. Anything else is no grade, and Gradescope says so if this fails.
[ $? -le 1 ]
