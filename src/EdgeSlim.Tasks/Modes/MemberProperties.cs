using System.Reflection.Metadata;

namespace EdgeSlim.Modes;

/// <summary>The properties and events that methods are the accessors of.</summary>
internal static class MemberProperties
{
    /// <summary>The attributes of the property or the event that a method is an accessor of; null of another method.</summary>
    public static CustomAttributeHandleCollection? AttributesOf(CodeMethod method)
    {
        // All languages give accessors a special name, so that few methods are looked for.
        if (!method.Definition.Attributes.HasFlag(System.Reflection.MethodAttributes.SpecialName) || method.Name == CallTarget.Constructor)
        {
            return null;
        }

        MetadataReader metadata = method.Assembly.Metadata;
        TypeDefinition type = method.DeclaringType.Definition;
        foreach (PropertyDefinition property in type.GetProperties().Select(metadata.GetPropertyDefinition))
        {
            PropertyAccessors accessors = property.GetAccessors();
            if (accessors.Getter == method.Handle || accessors.Setter == method.Handle)
            {
                return property.GetCustomAttributes();
            }
        }

        foreach (EventDefinition happening in type.GetEvents().Select(metadata.GetEventDefinition))
        {
            EventAccessors accessors = happening.GetAccessors();
            if (accessors.Adder == method.Handle || accessors.Remover == method.Handle)
            {
                return happening.GetCustomAttributes();
            }
        }

        return null;
    }
}
