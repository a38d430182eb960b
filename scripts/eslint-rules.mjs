// Rules of our own. ESLint's `max-params` counts a constructor like any function, but a constructor's parameters are a class's
// dependencies: five are fine, a sixth means that the class has two jobs.
const maxParams = {
  meta: {
    type: 'suggestion',
    schema: [
      {
        type: 'object',
        properties: { functions: { type: 'integer' }, constructors: { type: 'integer' } },
        additionalProperties: false,
      },
    ],
    messages: {
      function: '{{count}} parameters, at most {{max}}: group what belongs together into one object.',
      constructor: '{{count}} dependencies, at most {{max}}: this class has two jobs, split it.',
    },
  },
  create(context) {
    const { functions = 4, constructors = 5 } = context.options[0] ?? {};
    function check(node) {
      const kind = node.parent.type === 'MethodDefinition' && node.parent.kind === 'constructor' ? 'constructor' : 'function';
      const max = kind === 'constructor' ? constructors : functions;
      const count = node.params.length;
      if (count > max) context.report({ node, messageId: kind, data: { count, max } });
    }
    return { FunctionDeclaration: check, FunctionExpression: check, ArrowFunctionExpression: check };
  },
};

export default { rules: { 'max-params': maxParams } };
