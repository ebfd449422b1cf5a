// With a hash, the renderer's links stay on this page. Without a hash, they lead to the root of the origin.
if (location.hash === '') history.replaceState(null, '', '#/');

// The guides and this page share the reader's choice of a colour scheme.
{
  const chosen = localStorage.getItem('starlight-theme');
  if (chosen) localStorage.setItem('redoc.colorMode', chosen);
}
