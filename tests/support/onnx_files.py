"""Writes small ONNX files with protobuf alone.

The few messages a graph needs, with the field numbers of `onnx/onnx.proto` (ONNX, Apache-2.0):
https://github.com/onnx/onnx/blob/main/onnx/onnx.proto
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

_FLOAT, _INT64 = 1, 7  # TensorProto.DataType
_INT = 2  # AttributeProto.AttributeType
_IR_VERSION, _OPSET = 8, 17
_KINDS = descriptor_pb2.FieldDescriptorProto

# message -> field -> (number, type, repeated); a capital begins the name of another message
_MESSAGES: dict[str, dict[str, tuple[int, str, bool]]] = {
    "Dimension": {"dim_value": (1, "int64", False), "dim_param": (2, "string", False)},
    "Shape": {"dim": (1, "Dimension", True)},
    "TensorType": {"elem_type": (1, "int32", False), "shape": (2, "Shape", False)},
    "Type": {"tensor_type": (1, "TensorType", False)},
    "ValueInfo": {"name": (1, "string", False), "type": (2, "Type", False)},
    "Tensor": {
        "dims": (1, "int64", True),
        "data_type": (2, "int32", False),
        "name": (8, "string", False),
        "raw_data": (9, "bytes", False),
    },
    "Attribute": {
        "name": (1, "string", False),
        "i": (3, "int64", False),
        "type": (20, "int32", False),
    },
    "Node": {
        "input": (1, "string", True),
        "output": (2, "string", True),
        "op_type": (4, "string", False),
        "attribute": (5, "Attribute", True),
    },
    "Graph": {
        "node": (1, "Node", True),
        "name": (2, "string", False),
        "initializer": (5, "Tensor", True),
        "input": (11, "ValueInfo", True),
        "output": (12, "ValueInfo", True),
    },
    "OperatorSet": {"domain": (1, "string", False), "version": (2, "int64", False)},
    "Model": {
        "ir_version": (1, "int64", False),
        "graph": (7, "Graph", False),
        "opset_import": (8, "OperatorSet", True),
    },
}


@lru_cache(maxsize=1)
def _classes() -> dict[str, Any]:
    file = descriptor_pb2.FileDescriptorProto(
        name="small_onnx.proto", package="small_onnx", syntax="proto2"
    )
    for name, fields in _MESSAGES.items():
        message = file.message_type.add(name=name)
        for field, (number, kind, repeated) in fields.items():
            row = message.field.add(name=field, number=number)
            row.label = _KINDS.LABEL_REPEATED if repeated else _KINDS.LABEL_OPTIONAL
            if kind in _MESSAGES:
                row.type, row.type_name = _KINDS.TYPE_MESSAGE, f".small_onnx.{kind}"
            else:
                row.type = getattr(_KINDS, f"TYPE_{kind.upper()}")
    pool = descriptor_pool.DescriptorPool()
    pool.Add(file)
    return {
        name: message_factory.GetMessageClass(pool.FindMessageTypeByName(f"small_onnx.{name}"))
        for name in _MESSAGES
    }


def node(kind: str, inputs: Sequence[str], output: str, **attributes: int) -> Any:
    """An operator of the graph."""
    made = _classes()["Node"](op_type=kind, input=inputs, output=[output])
    for name, value in attributes.items():
        made.attribute.add(name=name, i=value, type=_INT)
    return made


def tensor(name: str, values: np.ndarray[Any, Any]) -> Any:
    """A weight: float32 or int64."""
    kind = _INT64 if values.dtype == np.int64 else _FLOAT
    return _classes()["Tensor"](
        name=name, dims=values.shape, data_type=kind, raw_data=values.tobytes()
    )


def model_of(
    nodes: Sequence[Any],
    weights: Sequence[Any],
    inputs: Sequence[str],
    output: str,
    shape: Sequence[int | str],
) -> bytes:
    """A model file. inputs: int64, (batch, sequence) each. output: float32 of `shape`."""
    made = _classes()["Model"](ir_version=_IR_VERSION)
    made.opset_import.add(domain="", version=_OPSET)
    made.graph.name = "small"
    made.graph.node.extend(nodes)
    made.graph.initializer.extend(weights)
    for name in inputs:
        _describe(made.graph.input.add(name=name), _INT64, ("batch", "sequence"))
    _describe(made.graph.output.add(name=output), _FLOAT, shape)
    return bytes(made.SerializeToString())


def _describe(value: Any, kind: int, shape: Sequence[int | str]) -> None:
    value.type.tensor_type.elem_type = kind
    for each in shape:
        dimension = value.type.tensor_type.shape.dim.add()
        if isinstance(each, str):
            dimension.dim_param = each
        else:
            dimension.dim_value = each
