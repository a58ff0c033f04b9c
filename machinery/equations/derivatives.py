"""Derivatives, by automatic differentiation of what is defined on the page."""

import warnings

import autograd.numpy as np
from autograd import make_vjp

from machinery.equations.names import Names
from machinery.equations.shapes import AXES, picked, rank, shape, shape_name, stretched
from machinery.equations.theory import MOVING, Letter, Variable, reachable
from machinery.equations.tokens import Refused


class Derivatives(Names):
    def jacobian(self, expression, name):
        """Return the derivative by a name: the shape of the expression, then that of the name.

        Points and index letters are independent of each other: one pass backwards for each entry
        of the expression gives the derivatives at all of them.
        """
        current, plain = self.lookup(name), self.value(expression)
        axes = np.broadcast_shapes(plain.shape[:AXES], current.shape[:AXES])
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # autograd warns of what does not depend on the name, and gives 0
            backwards, result = make_vjp(
                lambda x: stretched(self.override({name: x}).value(expression), axes)
            )(stretched(current, axes))  # fmt: skip
        slopes = []
        for place in np.ndindex(shape(result)):
            seed = np.zeros(result.shape)
            seed[(..., *place)] = 1
            slopes.append(backwards(seed))
        return np.stack(slopes, AXES).reshape(axes + shape(result) + shape(current))

    def derivative(self, expression, variable):
        base, indices = (variable.args[0], variable.args[1:]) if variable.kind == "entry" else (variable, ())
        name = base.args[0] if base.kind == "name" else None
        if name is None or isinstance(self.theory.get(name), Letter) and not indices:
            raise Refused("can't derive by this: only by a name or an entry of it", variable.place)
        self.value(expression)  # what is not defined in it comes first
        key = name + "#" if indices and name + "#" in self.theory else name
        if key not in reachable(self.theory, expression):
            message = f"what is derived here does not contain {name}, as it is defined on this page"
            raise Refused(message, variable.place)
        current = self.lookup(key)
        if len(indices) not in (0, rank(current)):
            raise Refused(f"{len(indices)} index(es) on {shape_name(current)}", variable.place)
        result = self.jacobian(expression, key)
        outer = rank(result) - rank(current)
        for part in indices:
            result = np.moveaxis(result, AXES + outer, AXES)
            result = picked(result, self.index(part, shape(result)[0]))
        if indices or not rank(current):
            return result
        if outer == 0:  # of a number: by a vector a row, by a matrix a matrix
            return np.expand_dims(result, -2) if rank(current) == 1 else result
        if rank(current) == 1 and shape(result)[:outer].count(1) == outer - 1:  # a row or column: as a vector
            return result.reshape(result.shape[:AXES] + (-1, shape(current)[0]))
        message = "the derivative of a matrix, or of a vector by a matrix, has no shape here"
        raise Refused(message, variable.place)

    def gradient(self, expression, variable):
        row = self.derivative(expression, variable)
        if rank(self.value(variable)) == 2:
            return row
        if rank(row) != 2 or shape(row)[0] != 1:
            raise Refused(r"\nabla is of a number by a vector or a matrix")
        return np.swapaxes(row, -1, -2)

    def differential(self, expression):
        """Return the change of a value when all variables move, each in its own direction."""
        moving = reachable(self.theory, expression) & self.theory.get(MOVING, set())
        moving = [name for name in sorted(moving) if isinstance(self.theory.get(name), Variable)]
        if not moving:
            message = r"the page needs the differential of a variable, such as \mathrm d\mathbf z"
            raise Refused(f"nothing here moves: {message}")
        total = 0
        for name in moving:
            slope, direction = self.jacobian(expression, name), self.lookup("d " + name)
            outer = rank(slope) - rank(direction)
            direction = direction.reshape(direction.shape[:AXES] + (1,) * outer + shape(direction))
            total = total + (slope * direction).sum(tuple(range(AXES + outer, slope.ndim)))
        return total
