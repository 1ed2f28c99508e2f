'use strict';
/*
 * Where the workbook keeps what is costly to make. What lies there is run, so nobody else may be able to
 * write it. Plain JavaScript, as the compiler's own cache lies there.
 */
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

/** @type {string | undefined} */
let folder;

/**
 * The folder of the cache, absolute: with the packages; if that cannot be written, as in an installation
 * for all users, among this user's caches; if there is no such place either, a temporary one.
 */
function cacheFolder() {
  folder ??= firstWritable(candidates(path.dirname(__dirname), process.env));
  return folder;
}

/**
 * @param {string} project the workbook's folder
 * @param {NodeJS.ProcessEnv} env
 * @returns {string[]} the best first
 */
function candidates(project, env) {
  const name = 'queuing-workbook';
  const caches = userCaches(env, process.platform);
  return [
    path.join(project, 'node_modules', '.cache', name),
    ...(caches === undefined ? [] : [path.join(caches, name)]),
    path.join(os.tmpdir(), `${name}-${userName()}`),
  ];
}

/**
 * Where programs keep what they can make again, by the customs of the system.
 * @param {NodeJS.ProcessEnv} env
 * @param {NodeJS.Platform} platform
 * @returns {string | undefined} absolute
 */
function userCaches({ XDG_CACHE_HOME, LOCALAPPDATA, HOME }, platform) {
  if (platform === 'win32') return LOCALAPPDATA;
  if (XDG_CACHE_HOME && path.isAbsolute(XDG_CACHE_HOME)) return XDG_CACHE_HOME;
  if (!HOME || !path.isAbsolute(HOME)) return undefined;
  return platform === 'darwin' ? path.join(HOME, 'Library', 'Caches') : path.join(HOME, '.cache');
}

/**
 * @param {string[]} folders the first stands for itself: whoever can write it can write the workbook
 * @returns {string} the first that can be written, and by nobody else; with none of them, the first: then
 * every start makes everything anew
 */
function firstWritable([own = '', ...others]) {
  const usable = [own, ...others].find((one) => {
    try {
      fs.mkdirSync(one, { recursive: true, mode: 0o700 });
      fs.accessSync(one, fs.constants.W_OK);
      return one === own || isPrivate(one);
    } catch {
      return false;
    }
  });
  return usable ?? own;
}

/**
 * Whether nobody but this user can write there: in a temporary folder anyone may have made it before.
 * @param {string} place
 */
function isPrivate(place) {
  const stats = fs.lstatSync(place);
  const uid = process.getuid?.();
  // Windows has neither, and keeps a folder of its own for each user.
  if (uid === undefined) return stats.isDirectory();
  return stats.isDirectory() && stats.uid === uid && (stats.mode & 0o022) === 0;
}

/** Behind walls there is no list of users. */
function userName() {
  try {
    return os.userInfo().username;
  } catch {
    return 'nobody';
  }
}

module.exports = { cacheFolder, candidates, firstWritable };
