"""A text with every construct that the PDF knows."""

# ruff: noqa: E501 (HTML as it comes)
from __future__ import annotations

NASTY = '#panic(1) ]} " \\ $x$ `y` <z> @b-32 *a* _b_ // c /* d'
HTML = f"""
<h1 id="p-0">Kapittel</h1>
<p>Tekst <em>em</em> <strong>s</strong> <code>k{{</code><sup id="fnref:1"><a class="footnote-ref" href="#fn:1">1</a></sup>
igjen<sup id="fnref2:1"><a class="footnote-ref" href="#fn:1">1</a></sup> H<sub>2</sub>O<br>linje
{NASTY.replace("<z>", "&lt;z&gt;")}</p>
<h2 id="b-32" data-rev="3sv">Barriere</h2><p class="hb-label">2024 · Norge</p>
<p><a class="hb-ref" data-unit="B-32" href="x">Barriere</a>, <a class="hb-ref" data-unit="M-01" href="x">Tiltak</a>,
<a class="hb-cite" data-unit="S-01" data-section="1" href="x">KS 1</a>, <a href="https://e.org/?a=1&amp;b=2">ut</a>,
<a href="p1.md#her">dit</a> <span lang="fi">suomeksi</span></p>
<ul class="task-list"><li class="task-list-item"><label class="task-list-control"><input type="checkbox" disabled>
<span class="task-list-indicator"></span></label> gjør</li></ul>
<ul><li class="task-list-item"><input type="checkbox" checked> gjort</li><li>vanlig<ol start="3"><li>x</li></ol></li></ul>
<dl><dt>Ord</dt><dd>En</dd><dd>To</dd></dl>
<table><caption>Tabell</caption><thead><tr><th rowspan="2">A</th><th colspan="2">B</th></tr><tr><th>b</th><th>c</th></tr>
</thead><tbody><tr><th scope="row">r</th><td>1</td><td style="text-align: right">2</td></tr></tbody></table>
<div class="admonition advice"><p class="admonition-title">Råd</p><p>Gjør det.</p></div>
<details class="note"><summary>Mer</summary><p>Her.</p></details>
<div class="tabbed-set tabbed-alternate"><input type="radio"><div class="tabbed-labels"><label>En</label></div>
<div class="tabbed-content"><div class="tabbed-block"><p>inni</p></div></div></div>
<blockquote><p>Sitat</p></blockquote><pre><code>a
  b</code></pre><hr>
<figure><svg viewBox="0 0 9 9"><title>Sju av ti kommuner.</title><rect width="5" height="5"/></svg>
<figcaption>Figur</figcaption></figure>
<div class="footnote"><hr><ol><li id="fn:1"><p>Note.&#160;<a class="footnote-backref" href="#fnref:1">x</a></p></li></ol></div>
"""
SECOND = (
    '<h1>To</h1><p>t<sup id="fnref:1"><a class="footnote-ref" href="#fn:1">1</a></sup></p><h2 id="her">Her</h2>'
    + ('<div class="footnote"><ol><li id="fn:1"><p>Annen.</p></li></ol></div>')
)
TITLES = {"B_32": "Barriere", "M_01": "Tiltak", "S_01": "Kilde"}
