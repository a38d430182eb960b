import { Html } from './html.js';

export const STYLE = new Html(`
:root{--accent:#2d6cdf;--ink:#1c1e21;--soft:#6b7280;--line:#e5e7eb;--paper:#fff;--ground:#f1f3f6}
body.ok{--accent:#e8710a}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
a{color:inherit;text-decoration:none}
a:hover{text-decoration:underline}
nav{background:var(--accent);color:#fff;padding:.75rem 1rem;display:flex;gap:.75rem;justify-content:center}
nav a{font-weight:600}
nav span{opacity:.85}
main{max-width:640px;margin:0 auto;padding:1rem .75rem 3rem;display:grid;gap:.75rem}
h1{font-size:1.25rem;line-height:1.3;margin:0}
h2{font-size:1rem;margin:0 0 .5rem}
small,time{color:var(--soft);font-size:.85rem}
.card{background:var(--paper);border:1px solid var(--line);border-radius:12px;padding:1rem}
.head{display:flex;gap:1rem;align-items:center}
.head p{margin:.25rem 0 0;color:var(--soft)}
.avatar{flex:none;width:3rem;height:3rem;border-radius:50%;background:var(--accent);color:#fff;display:grid;place-items:center;font-weight:600;font-size:1.25rem}
.card.ok .avatar{background:#e8710a}
.by{display:flex;flex-direction:column;margin-bottom:.5rem}
.pinned{margin:0 0 .5rem;color:var(--accent);font-size:.85rem;font-weight:600}
.text{white-space:pre-wrap;overflow-wrap:anywhere;margin:.5rem 0}
.link{display:block;border:1px solid var(--line);border-left:4px solid var(--accent);border-radius:8px;padding:.6rem .8rem;margin:.5rem 0}
.link small{display:block;overflow-wrap:anywhere}
.photos{display:grid;gap:4px;margin:.5rem 0;border-radius:8px;overflow:hidden}
.photos.n2{grid-template-columns:1fr 1fr}
.photos.n3{grid-template-columns:repeat(3,1fr)}
.photos img{display:block;width:100%;height:100%;max-height:26rem;object-fit:cover;background:var(--ground)}
.photos.n3 img{aspect-ratio:1}
.attachment small,.poll small{display:block}
.attachment a{text-decoration:underline}
.attachment,.poll{background:var(--ground);border-radius:8px;padding:.6rem .8rem;margin:.5rem 0}
.poll ul{list-style:none;margin:.5rem 0 0;padding:0;display:grid;gap:.4rem}
.poll li{background:var(--paper);border-radius:6px;padding:.35rem .7rem}
.comments,.walls,.waiting ul{list-style:none;margin:0;padding:0}
.comments li{border-top:1px solid var(--line);padding:.6rem 0}
.comments time{margin-left:.5rem}
.comments p{margin:.2rem 0 0;white-space:pre-wrap;overflow-wrap:anywhere}
.comment-count{color:var(--accent);font-size:.9rem}
.waiting summary{cursor:pointer;color:var(--soft)}
.waiting li{padding:.3rem 0;overflow-wrap:anywhere}
.walls a{display:flex;gap:.75rem;align-items:center;padding:.5rem 0}
.walls small{display:block}
.empty{text-align:center;color:var(--soft)}
`);
