module.exports = {
  transform: {
    '\\.[jt]s$': [
      'babel-jest',
      { presets: ['@babel/preset-typescript'], plugins: ['@babel/plugin-transform-modules-commonjs'] },
    ],
  },
  transformIgnorePatterns: ['/node_modules/(?!@partner-ecosystem/)'],
};
