module.exports = {
  transform: {
    '\\.m?[jt]s$': [
      'babel-jest',
      { presets: ['@babel/preset-typescript'], plugins: ['@babel/plugin-transform-modules-commonjs'] },
    ],
  },
  // The modules of the kit, and the packages of MSW 2 that are ES modules only.
  transformIgnorePatterns: ['/node_modules/(?!(@partner-ecosystem|until-async|rettime|@open-draft)/)'],
};
