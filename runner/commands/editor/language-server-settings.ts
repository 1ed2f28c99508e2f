import type { Session } from '../session';
import { gradingWords } from './started-words';

/** What an editor's own settings need so that it starts the language server. */
export interface Settings {
  /** Where they go. */
  file: string;
  text: string;
}

/** By the name that the command line has for the editor. */
export const settingsOf: Readonly<Record<string, (session: Session) => Settings>> = {
  neovim: (session) => ({
    file: 'init.lua (or ~/.config/nvim/plugin/workbook.lua)',
    text: `vim.api.nvim_create_autocmd('FileType', {
  pattern = { 'typescript', 'javascript' },
  callback = function(opened)
    local home = ${inLua(session.workspace.folder)}
    if vim.fn.fnamemodify(opened.file, ':p:h') ~= home then return end
    if not workbook_server then
      workbook_server = vim.lsp.start_client({
        name = 'workbook',
        cmd = { ${server(session).map(inLua).join(', ')} },
        cmd_env = { WORKBOOK_HOME = home },
        root_dir = home,
        on_exit = function() workbook_server = nil end,
      })
    end
    vim.lsp.buf_attach_client(opened.buf, workbook_server)
  end,
})
`,
  }),
  helix: (session) => {
    const [command = '', ...args] = server(session);
    return {
      file: `${session.workspace.folder}/.helix/languages.toml`,
      text: `[language-server.workbook]
command = ${inToml(command)}
args = [${args.map(inToml).join(', ')}]
environment = { WORKBOOK_HOME = ${inToml(session.workspace.folder)} }

[[language]]
name = "typescript"
language-servers = ["typescript-language-server", "workbook"]

[[language]]
name = "javascript"
language-servers = ["typescript-language-server", "workbook"]
`,
    };
  },
  emacs: (session) => ({
    file: 'init.el',
    text: `(with-eval-after-load 'eglot
  (add-to-list 'eglot-server-programs
               '((typescript-ts-mode typescript-mode js-ts-mode js-mode)
                 . (${[`env`, `WORKBOOK_HOME=${session.workspace.folder}`, ...server(session)]
                   .map((word) => JSON.stringify(word))
                   .join('\n                    ')}))))
`,
  }),
  sublime: (session) => ({
    file: 'LSP.sublime-settings, of the package LSP',
    text: `${JSON.stringify(
      {
        clients: {
          workbook: {
            enabled: true,
            command: server(session),
            env: { WORKBOOK_HOME: session.workspace.folder },
            selector: 'source.ts | source.js',
          },
        },
      },
      null,
      2,
    )}\n`,
  }),
};

function server(session: Session): string[] {
  return gradingWords(session, ['lsp']);
}

function inLua(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}

/** A basic string of TOML takes the escapes of JSON. */
function inToml(text: string): string {
  return JSON.stringify(text);
}
