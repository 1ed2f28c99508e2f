import type { RequestHandler, Response } from 'express-v5';
import { isOwnHost, isOwnOrigin } from './origin';
import type { Token } from './token';

/**
 * Lets nobody in but this page: the host must be this machine, the token must be there, and what
 * changes or listens must come from the page itself. Says so in a sentence otherwise.
 * @param openCommand what to type to get in
 */
export function guard(token: Token, port: () => number, openCommand: string): RequestHandler {
  const openAgain = `Type "${openCommand}" where you started the workbook, and use the address it prints.`;
  const refuseToken = (response: Response) => refuse(response, 401, unknownToken, openAgain);
  return (request, response, next) => {
    protect(response);
    const asked = { method: request.method, headers: request.headers };
    const isPage = request.path === '/' && ['GET', 'HEAD'].includes(request.method);
    if (!isOwnHost(asked, port())) {
      return refuse(response, 421, 'This address is not the workbook’s.', openAgain);
    }
    if (!isOwnOrigin(asked, port(), isPage)) {
      return refuse(response, 403, 'This request comes from another page.', openAgain);
    }
    if (isPage && request.query.token !== undefined) {
      if (!token.fits(request.query.token)) return refuseToken(response);
      response.setHeader('Set-Cookie', token.cookie(port()));
      return response.redirect(303, '/');
    }
    if (!token.isIn(request.headers.cookie, port())) return refuseToken(response);
    next();
  };
}

/** Headers of every answer: it is kept nowhere, framed nowhere, and loads from here alone. */
function protect(response: Response): void {
  response.set({
    'Content-Security-Policy': policy,
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Cross-Origin-Embedder-Policy': 'require-corp',
    'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), usb=(), payment=()',
  });
}

/**
 * No script and no style but the page's own files: none inline, none from elsewhere. The editor's
 * rules come by constructed style sheets, of which a policy has nothing to say.
 */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

const unknownToken =
  'This page does not know you: the address has no token, or that of an earlier start.';

/** A page for whoever looks, in words alone; nothing of a request is repeated in it. */
function refuse(response: Response, status: number, message: string, next: string): void {
  response
    .status(status)
    .type('html')
    .send(`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><title>Queuing workbook</title></head>
<body><main><h1>${message}</h1><p>${next}</p><p><a href="/">Try again</a></p></main></body></html>
`);
}
