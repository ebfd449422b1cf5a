import { render } from 'preact';
import { App } from './shell/app.tsx';

const root = document.getElementById('app');
if (!root) throw new Error('The page has no element #app.');
root.replaceChildren();
render(<App />, root);
