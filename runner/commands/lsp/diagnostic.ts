import { type Diagnostic, DiagnosticSeverity } from 'vscode-languageserver-protocol/node';
import type { Problem } from '../../report/problems';

/** A problem as the protocol has it: the line's text, with what is wrong and the next step. */
export function diagnosticOf(problem: Problem): Diagnostic {
  const { line, column, endColumn, severity, message, next } = problem;
  return {
    range: {
      start: { line: line - 1, character: column - 1 },
      end: { line: line - 1, character: endColumn - 1 },
    },
    severity: severities[severity],
    code: problem.class,
    source: diagnosticSource,
    message: `${message}\n→ ${next}`,
  };
}

/** By this name an editor tells them from those of other servers. */
export const diagnosticSource = 'workbook';

const severities = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
} as const;
