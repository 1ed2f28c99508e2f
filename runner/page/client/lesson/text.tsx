import type { ComponentChildren, JSX } from 'preact';
import type { TextNode } from '../../protocol';

/** What draws a piece of code of a text; the text's own look without it. */
export type BlockView = (block: Extract<TextNode, { kind: 'block' }>) => JSX.Element;

/** A text of the workbook: a tree, drawn node by node. */
export function Text({ nodes, block }: { nodes: TextNode[]; block?: BlockView }): JSX.Element {
  return <>{nodes.map((node, at) => drawn(node, at, block))}</>;
}

function drawn(node: TextNode, key: number, block: BlockView | undefined): ComponentChildren {
  const inside = (nodes: TextNode[]) =>
    nodes.map((one, at) => drawn(one, at, block)) as ComponentChildren;
  switch (node.kind) {
    case 'text':
      return node.text;
    case 'code':
      return <code key={key}>{node.text}</code>;
    case 'break':
      return <br key={key} />;
    case 'rule':
      return <hr key={key} />;
    case 'paragraph':
      return <p key={key}>{inside(node.children)}</p>;
    case 'strong':
      return <strong key={key}>{inside(node.children)}</strong>;
    case 'emphasis':
      return <em key={key}>{inside(node.children)}</em>;
    case 'quote':
      return <blockquote key={key}>{inside(node.children)}</blockquote>;
    case 'span':
      return inside(node.children);
    case 'heading':
      // The page's own heading is the lesson's title.
      return node.level <= 2 ? (
        <h2 key={key}>{inside(node.children)}</h2>
      ) : (
        <h3 key={key}>{inside(node.children)}</h3>
      );
    case 'list': {
      const items = node.items.map((item, at) => <li key={keyOf(at)}>{inside(item)}</li>);
      return node.start === undefined ? (
        <ul key={key}>{items}</ul>
      ) : (
        <ol key={key} start={node.start}>
          {items}
        </ol>
      );
    }
    case 'link':
      return (
        <a key={key} href={node.href} rel="noreferrer" target="_blank">
          {inside(node.children)}
        </a>
      );
    case 'table':
      return (
        <div key={key} class="wide">
          <table>
            <thead>
              <tr>
                {node.head.map((cell, at) => (
                  <th key={keyOf(at)} scope="col">
                    {inside(cell)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {node.rows.map((row, at) => (
                <tr key={keyOf(at)}>
                  {row.map((cell, place) => (
                    <td key={keyOf(place)}>{inside(cell)}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      );
    case 'block':
      return block ? <div key={key}>{block(node)}</div> : <Block key={key} text={node.text} />;
  }
}

/** A text never changes its order, so a place is a key. */
function keyOf(place: number): string {
  return String(place);
}

function Block({ text }: { text: string }): JSX.Element {
  return (
    <pre class="block">
      <code>{text}</code>
    </pre>
  );
}
