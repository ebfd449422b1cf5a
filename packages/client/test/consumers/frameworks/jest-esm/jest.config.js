export default { transform: {}, testMatch: ['**/client.check.js'] };
