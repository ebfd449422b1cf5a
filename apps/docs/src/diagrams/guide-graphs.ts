import type { Graph } from './draw-graph.ts';

/** What to do after a failed create. */
export const unknownOutcome: Graph = {
  title: 'What to do after createMerchant has failed',
  direction: 'TB',
  arrows: [
    { from: 'createMerchant failed', to: 'Find out, before you repeat', text: 'OutcomeUnknownError' },
    { from: 'createMerchant failed', to: 'Correct what the error names', text: 'any other error' },
    {
      from: 'Find out, before you repeat',
      to: 'Store the id, then push',
      text: 'in your records or callbacks',
    },
    { from: 'Find out, before you repeat', to: 'Look into the back office', text: 'in neither' },
    { from: 'Look into the back office', to: 'Store the id, then push', text: 'found' },
    { from: 'Look into the back office', to: 'Create the merchant again', text: 'certainly missing' },
    { from: 'Look into the back office', to: 'Leave the case to a person', text: 'still unknown' },
  ],
};

/** How the callback server treats a callback. */
export const callbackWay: Graph = {
  title: 'The way of a callback through the callback server',
  direction: 'TB',
  arrows: [
    { from: 'POST from the provider', to: 'Check the credentials' },
    { from: 'Check the credentials', to: '404 or 401', text: 'wrong' },
    { from: 'Check the credentials', to: 'Read the body', text: 'right' },
    { from: 'Read the body', to: '400, 408, 413 or 415', text: 'unreadable' },
    { from: 'Read the body', to: 'Commit the bytes and the verdict', text: 'complete' },
    { from: 'Commit the bytes and the verdict', to: '503', text: 'not possible' },
    { from: 'Commit the bytes and the verdict', to: '200', text: 'on disk' },
    { from: '200', to: 'Deliver to each route', text: 'valid or drift' },
    { from: 'Deliver to each route', to: 'Deliver to each route', text: 'failed: again later' },
    { from: 'Deliver to each route', to: 'Taken', text: '2xx, or the handler returned' },
    { from: 'Deliver to each route', to: 'Dead, and listed', text: 'last attempt failed' },
  ],
};

/** The two ways to run the callback server: one process with SQLite, or replicas with PostgreSQL. */
export const replicas: Graph = {
  title: 'One process with SQLite, or replicas with PostgreSQL',
  direction: 'LR',
  arrows: [
    { from: 'Provider', to: 'Your proxy', text: 'callbacks' },
    { from: 'Your proxy', to: 'One server', text: 'either' },
    { from: 'One server', to: 'SQLite on a local disk' },
    { from: 'Your proxy', to: 'Replica 1', text: 'or' },
    { from: 'Your proxy', to: 'Replica 2' },
    { from: 'Your proxy', to: 'Replica N' },
    { from: 'Replica 1', to: 'One PostgreSQL' },
    { from: 'Replica 2', to: 'One PostgreSQL' },
    { from: 'Replica N', to: 'One PostgreSQL' },
  ],
};
