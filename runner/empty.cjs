// What an import of a command line tool gives, such as nodemon or Babel: it may be called, and does nothing.
module.exports = () => {};
