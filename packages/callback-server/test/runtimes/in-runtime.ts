import { receivers } from './receivers.ts';

// workerd takes every export of its module for a handler, so the module exports nothing else.
export default receivers;
