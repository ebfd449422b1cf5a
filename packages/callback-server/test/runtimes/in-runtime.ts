import { receivers } from './receivers.ts';

// workerd treats every export of its module as a handler, so this module exports only the receivers.
export default receivers;
