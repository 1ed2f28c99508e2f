/** The part of Babel's build in one file that the compiler needs; the package has no types. */
declare module '@babel/standalone/babel.min.js' {
  function transform(
    source: string,
    options: {
      filename: string;
      sourceType: 'module';
      presets: [name: string, options: object][];
      sourceMaps: true;
      compact: false;
    },
  ): { code: string; map: object };

  export { transform };
}
