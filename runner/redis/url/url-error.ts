import { ConnectionLost } from '../connection';
import { EnvironmentError } from '../instance';
import { RedisReplyError } from '../protocol/resp';
import type { UrlAddress } from './address';

/** Why the Redis of a URL cannot be used, in one sentence with a next step. */
export function urlFault(error: unknown, url: UrlAddress): EnvironmentError {
  if (error instanceof EnvironmentError) return error;
  if (error instanceof RedisReplyError) return refusal(error, url);
  const lost = error instanceof ConnectionLost ? error : undefined;
  const other = url.tls ? 'redis:// if it has no TLS' : 'rediss:// if it has TLS';
  switch (lost?.code) {
    case 'ECONNREFUSED':
      return new EnvironmentError(
        `No Redis answers at ${url.shown}: the connection was refused.`,
        `Start that Redis, or check the host and the port. ${without}`,
      );
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new EnvironmentError(
        `There is no host named ${url.host}.`,
        `Check how it is spelled, and the network. ${without}`,
      );
    case 'ETIMEDOUT':
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return new EnvironmentError(
        `${url.shown} does not answer.`,
        `Check the host, the port and the network, and that the URL starts with ${other}. ${without}`,
      );
    case 'EPROTO':
      return new EnvironmentError(
        `What answers at ${url.shown} is not a Redis.`,
        `Check the port: Redis usually has 6379. ${without}`,
      );
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
    case 'SELF_SIGNED_CERT_IN_CHAIN':
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
    case 'CERT_HAS_EXPIRED':
      return new EnvironmentError(
        `The certificate of ${url.shown} is not trusted: ${messageOf(error)}.`,
        `Name the file of its authority in NODE_EXTRA_CA_CERTS. ${without}`,
      );
    default:
      return new EnvironmentError(
        `The connection to the Redis at ${url.shown} broke off: ${messageOf(error)}`,
        `See whether it is running, and that the URL starts with ${other}. ${without}`,
      );
  }
}

const without = 'Without --redis the workbook brings its own.';

function refusal(error: RedisReplyError, url: UrlAddress): EnvironmentError {
  switch (error.code) {
    case 'NOAUTH':
      return new EnvironmentError(
        `The Redis at ${url.shown} asks for a password.`,
        'Put it into the URL: redis://:PASSWORD@HOST:PORT.',
      );
    case 'WRONGPASS':
      return new EnvironmentError(
        `The Redis at ${url.shown} does not accept this password.`,
        'Check the user and the password in the URL; write special characters as %XX.',
      );
    case 'LOADING':
      return new EnvironmentError(
        `The Redis at ${url.shown} is still loading its data.`,
        'Try again in a moment.',
      );
    case 'NOPERM':
      return new EnvironmentError(
        `The Redis at ${url.shown} does not allow this user enough: ${error.message}`,
        'Use a user that may run all commands on an empty database.',
      );
    case 'DENIED':
      return new EnvironmentError(
        `The Redis at ${url.shown} is in protected mode: it only serves its own machine.`,
        'Set a password on that Redis and put it into the URL.',
      );
    default:
      return oldRefusal(error, url);
  }
}

/** Before Redis 6 a wrong password and a needless one had no word of their own. */
function oldRefusal(error: RedisReplyError, url: UrlAddress): EnvironmentError {
  if (/invalid password/i.test(error.message)) {
    return refusal(new RedisReplyError('WRONGPASS'), url);
  }
  if (/no password is set|without any password configured/i.test(error.message)) {
    return new EnvironmentError(
      `The Redis at ${url.shown} has no password, but the URL gives one.`,
      'Leave the password out of the URL.',
    );
  }
  return new EnvironmentError(
    `The Redis at ${url.shown} refuses: ${error.message}`,
    `Ask whoever runs it. ${without}`,
  );
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
